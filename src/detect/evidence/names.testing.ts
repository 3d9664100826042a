/** A registered domain for tests, wire form: `zone.test`. */
export const DOMAIN: Uint8Array = Uint8Array.of(4, ...Buffer.from('zone'), 4, ...Buffer.from('test'))

/** Names under {@link DOMAIN} in wire form, from prefixes with dots between labels; one octet a character. */
export function wireNames(prefixes: readonly string[]): Uint8Array[] {
  return prefixes.map((prefix) => {
    const labels = prefix.split('.').map((label) => Buffer.from(label, 'latin1'))
    return Buffer.concat([...labels.flatMap((label) => [Uint8Array.of(label.length), label]), DOMAIN])
  })
}

/** Octets in groups of bits, as every encoder of this family does it, zeros behind the end. */
export function encodeBits(octets: Uint8Array, symbols: string): string {
  const width = Math.log2(symbols.length)
  let bits = ''
  for (const octet of octets) bits += octet.toString(2).padStart(8, '0')
  const groups = bits.match(new RegExp(`.{1,${width}}`, 'g')) ?? []
  return groups.map((group) => symbols[Number.parseInt(group.padEnd(width, '0'), 2)]).join('')
}

/** A text cut in pieces. */
export function cut(text: string, length: number): string[] {
  return text.match(new RegExp(`.{1,${length}}`, 'gs')) ?? []
}

export const SAMPLE_TEXT =
  'customer,card,limit\r\nAdams,4000 1234,900\r\nBaker,4000 5678,1200\r\nClark,4000 9012,450\r\nDavis,4000 3456,300\r\n'
