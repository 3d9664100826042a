/** An alphabet by which characters stand for groups of bits, most significant first. */
export interface BitAlphabet {
  readonly bits: number
  /** Value of each Latin-1 character, -1 for strangers. */
  readonly values: Int8Array
}

/** An alphabet from its symbols in order of value; `alike` adds characters with the value of others. */
export function bitAlphabet(
  symbols: string,
  options: { foldCase?: boolean; alike?: Record<string, string> } = {},
): BitAlphabet {
  const values = new Int8Array(256).fill(-1)
  for (let i = 0; i < symbols.length; i++) {
    values[symbols.charCodeAt(i)] = i
    if (options.foldCase) values[symbols[i].toUpperCase().charCodeAt(0)] = i
  }
  for (const [other, symbol] of Object.entries(options.alike ?? {})) {
    values[other.charCodeAt(0)] = values[symbol.charCodeAt(0)]
  }
  return { bits: Math.log2(symbols.length), values }
}

/** What is to be made of bits left at the end: strict encoders leave fewer than a character's, all zero. */
export type Tail = 'strict' | 'cut'

/** Octets of a text, or null where a character is a stranger or a strict tail is not what an encoder leaves. */
export function decodeBits(text: string, alphabet: BitAlphabet, tail: Tail): Uint8Array | null {
  const { bits, values } = alphabet
  const octets = new Uint8Array((text.length * bits) >> 3)
  let held = 0
  let heldBits = 0
  let to = 0
  for (let i = 0; i < text.length; i++) {
    const value = values[text.charCodeAt(i) & 0xff]
    if (value < 0) return null
    held = ((held << bits) | value) & 0xffff
    heldBits += bits
    if (heldBits >= 8) {
      heldBits -= 8
      octets[to++] = (held >> heldBits) & 0xff
    }
  }
  if (tail === 'strict' && (heldBits >= bits || (held & ((1 << heldBits) - 1)) !== 0)) return null
  return octets
}
