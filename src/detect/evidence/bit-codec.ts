import { type BitAlphabet, decodeBits } from './bit-groups.ts'
import type { Codec } from './codec.ts'

/** Printable octets that convince where an alphabet of at most 64 symbols is met strictly. */
const PRINTABLE_MIN = 0.85

/** The two codecs of an alphabet: name by name, and across names. */
export function bitCodecs(name: string, style: string, symbols: string, alphabet: BitAlphabet, pad = /=+$/): Codec[] {
  return [false, true].map((across) => ({
    name,
    style,
    symbols,
    printableMin: PRINTABLE_MIN,
    across,
    decode: (labels) => {
      const text = labels.join('').replace(pad, '')
      return text === '' ? null : decodeBits(text, alphabet, across ? 'cut' : 'strict')
    },
  }))
}
