/** Octets as text in some alphabet and back; characters are octets (latin1). */
export interface Symbols {
  encode(octets: Uint8Array): string
  /** Ignores what is not in the alphabet. */
  decode(text: string): Uint8Array
  /** Characters that so many octets take. */
  lengthOf(octets: number): number
}

/**
 * Text of an alphabet whose size is a power of two, most significant bit first, unpadded (RFC 4648).
 *
 * @example
 * bitSymbols('0123456789abcdef').encode(Uint8Array.of(255)) // 'ff'
 */
export function bitSymbols(alphabet: string): Symbols {
  const bits = Math.log2(alphabet.length)
  const values = readAlphabet(alphabet)
  return {
    lengthOf: (octets) => Math.ceil((octets * 8) / bits),
    encode(octets) {
      let text = ''
      let hold = 0
      let held = 0
      for (const octet of octets) {
        hold = ((hold << 8) | octet) & 0xffff
        for (held += 8; held >= bits; ) text += alphabet[(hold >> (held -= bits)) & (alphabet.length - 1)]
      }
      return held > 0 ? text + alphabet[(hold << (bits - held)) & (alphabet.length - 1)] : text
    },
    decode(text) {
      const octets: number[] = []
      let hold = 0
      let held = 0
      for (const character of text) {
        const value = values.get(character)
        if (value === undefined) continue
        hold = ((hold << bits) | value) & 0xffff
        held += bits
        if (held >= 8) octets.push((hold >> (held -= 8)) & 255)
      }
      return Uint8Array.from(octets)
    },
  }
}

/**
 * Text as one number in a base that is no power of two, with zeros in front, so that its length tells that of the
 * octets: one octet more is always one character more for bases up to 256.
 *
 * @example
 * numberSymbols('0123456789').encode(Uint8Array.of(0, 255)) // '00255'
 */
export function numberSymbols(alphabet: string): Symbols {
  const base = BigInt(alphabet.length)
  const values = readAlphabet(alphabet)
  const lengthOf = (octets: number) => Math.ceil((octets * 8) / Math.log2(alphabet.length))
  return {
    lengthOf,
    encode(octets) {
      let number = 0n
      for (const octet of octets) number = (number << 8n) | BigInt(octet)
      let text = ''
      for (let i = lengthOf(octets.length); i > 0; i--, number /= base) text = alphabet[Number(number % base)] + text
      return text
    },
    decode(text) {
      const digits = [...text].filter((character) => values.has(character))
      let number = 0n
      for (const digit of digits) number = number * base + BigInt(values.get(digit)!)
      const octets = new Uint8Array(Math.floor((digits.length * Math.log2(alphabet.length)) / 8))
      for (let i = octets.length - 1; i >= 0; i--, number >>= 8n) octets[i] = Number(number & 255n)
      return octets
    },
  }
}

/** Values of the characters; of either case where the alphabet has only one, as resolvers may change it. */
function readAlphabet(alphabet: string): Map<string, number> {
  const values = new Map([...alphabet].map((character, value) => [character, value]))
  const folded = alphabet === alphabet.toLowerCase() || alphabet === alphabet.toUpperCase()
  if (!folded) return values
  for (const [character, value] of [...values]) {
    if (/[a-z]/i.test(character)) values.set(character.toLowerCase(), value).set(character.toUpperCase(), value)
  }
  return values
}

const LOWER = 'abcdefghijklmnopqrstuvwxyz'
const UPPER = LOWER.toUpperCase()
const DIGITS = '0123456789'

export const hexSymbols = bitSymbols(`${DIGITS}abcdef`)
/** RFC 4648 6, in lower case. */
export const base32Symbols = bitSymbols(`${LOWER}234567`)
/** RFC 4648 7, in lower case. */
export const base32HexSymbols = bitSymbols(`${DIGITS}abcdefghijklmnopqrstuv`)
/** RFC 4648 5. */
export const base64UrlSymbols = bitSymbols(`${UPPER}${LOWER}${DIGITS}-_`)
/** RFC 4648 4, as dns2tcp asks it. */
export const base64Symbols = bitSymbols(`${UPPER}${LOWER}${DIGITS}+/`)
export const base36Symbols = numberSymbols(`${DIGITS}${LOWER}`)
export const decimalSymbols = numberSymbols(DIGITS)

/** iodine's own four (base32.c, base64.c, base64u.c, base128.c); the last goes past ASCII, 0xbc to 0xfd. */
export const iodineSymbols = {
  base32: bitSymbols(`${LOWER}012345`),
  base64: bitSymbols(`${LOWER}${UPPER}-${DIGITS}+`),
  base64u: bitSymbols(`${LOWER}${UPPER}_${DIGITS}-`),
  base128: bitSymbols(LOWER + UPPER + DIGITS + String.fromCharCode(...Array.from({ length: 66 }, (_, i) => 0xbc + i))),
}
