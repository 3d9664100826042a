/** The first `length` octets of a wire-form name as Latin-1 text, case as it stands, labels joined by dots. */
export function formatPrefix(arena: Uint8Array, start: number, length: number): string {
  const labels: string[] = []
  const end = start + length
  for (let at = start; at < end; at += 1 + arena[at]) {
    const labelEnd = Math.min(end, at + 1 + arena[at])
    labels.push(Buffer.from(arena.buffer, arena.byteOffset + at + 1, labelEnd - at - 1).toString('latin1'))
  }
  return labels.join('.')
}
