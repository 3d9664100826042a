/** A copy of octets with ASCII upper case folded to lower: names compare without case (RFC 4343). */
export function foldedCopy(bytes: Uint8Array, start: number, length: number): Uint8Array {
  const copy = bytes.slice(start, start + length)
  for (let i = 0; i < length; i++) if (copy[i] >= 0x41 && copy[i] <= 0x5a) copy[i] += 32
  return copy
}
