import { randomInteger } from '../stats/random.ts'

/** Octets without meaning. */
export function randomOctets(random: () => number, length: number): Uint8Array {
  return Uint8Array.from({ length }, () => randomInteger(random, 256))
}

/** Text of `length` characters of an alphabet. */
export function randomText(random: () => number, length: number, alphabet: string): string {
  let text = ''
  for (let i = 0; i < length; i++) text += alphabet[randomInteger(random, alphabet.length)]
  return text
}

/** One of these. */
export function pick<T>(random: () => number, choices: readonly T[]): T {
  return choices[randomInteger(random, choices.length)]
}

export const HEX_DIGITS = '0123456789abcdef'

/** Hexadecimal digits without meaning. */
export function randomHex(random: () => number, length: number): string {
  return randomText(random, length, HEX_DIGITS)
}

/** A UUID of version 4 (RFC 9562 5.4). */
export function randomUuid(random: () => number): string {
  const hex = randomHex(random, 30)
  const variant = pick(random, ['8', '9', 'a', 'b'])
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-${variant}${hex.slice(15, 18)}-${hex.slice(18)}`
}
