import { type BitAlphabet, bitAlphabet } from './bit-groups.ts'

const LOWER = 'abcdefghijklmnopqrstuvwxyz'
const UPPER = LOWER.toUpperCase()
const DIGITS = '0123456789'

/** iodine's own Base32; header characters are single values of it. */
export const IODINE_BASE32 = bitAlphabet(`${LOWER}012345`, { foldCase: true })

/** iodine's upstream codecs, narrowest first (encoders base32, base64, base64u and base128 of iodine 0.5 to 0.8). */
export const IODINE_CODECS: readonly { readonly name: string; readonly alphabet: BitAlphabet }[] = [
  { name: 'Base32', alphabet: IODINE_BASE32 },
  { name: 'Base64', alphabet: bitAlphabet(`${LOWER}${UPPER}-${DIGITS}+`) },
  { name: 'Base64u', alphabet: bitAlphabet(`${LOWER}${UPPER}-${DIGITS}_`) },
  { name: 'Base128', alphabet: bitAlphabet(`${LOWER}${UPPER}${DIGITS}${octetRange(0xbc, 0xfd)}`) },
]

function octetRange(from: number, to: number): string {
  return String.fromCharCode(...Array.from({ length: to - from + 1 }, (_, i) => from + i))
}
