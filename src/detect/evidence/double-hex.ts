import { decodeBits } from './bit-groups.ts'
import type { Codec } from './codec.ts'
import { HEX, hexCodecs } from './hex.ts'

/** Inner text shorter than this may be hexadecimal by chance. */
const INNER_MIN = 16
/** Random octets make 37.5 % of their digits letters; numbers written in decimal none. */
const LETTERS_MIN = 0.1

/**
 * Hexadecimal of hexadecimal, as tools write that encode a message whose payload was encoded before. The outer layer
 * proves itself: 16 octets that are all hexadecimal digits come about by chance once in 10^17.
 */
export const doubleHexCodecs: readonly Codec[] = hexCodecs
  .filter((codec) => codec.across)
  .map((codec) => ({
    ...codec,
    name: 'double hex',
    symbols: '',
    printableMin: 0,
    decode: (labels) => {
      const outer = codec.decode(labels)
      return outer && decodeInnerHex(Buffer.from(outer).toString('latin1'))
    },
  }))

/** The octets of an inner text that is hexadecimal and not just decimal; null otherwise. */
export function decodeInnerHex(text: string): Uint8Array | null {
  if (text.length < INNER_MIN) return null
  const letters = text.replace(/[^a-f]/gi, '').length
  return letters >= text.length * LETTERS_MIN ? decodeBits(text, HEX, 'cut') : null
}
