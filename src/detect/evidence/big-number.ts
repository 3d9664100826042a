/** Digits of one number: what a name has room for. */
const DIGITS_MAX = 254
/** 36^10 is below 2^53. */
const CHUNK_DIGITS = 10

/**
 * The value of digits in a base up to 36, as octets, most significant first; null for a stranger. Leading zero octets
 * come back where leading zero digits kept their place: as many octets as always fit in so many digits.
 */
export function decodeNumber(digits: string, base: number): Uint8Array | null {
  if (digits.length === 0 || digits.length > DIGITS_MAX) return null
  let value = 0n
  let chunk = 0
  let weight = 1
  for (let i = 0; i < digits.length; i++) {
    const digit = digitValue(digits.charCodeAt(i))
    if (digit < 0 || digit >= base) return null
    chunk = chunk * base + digit
    weight *= base
    // Ten digits at a time, which a double holds exactly: a big number for each digit is ten times the work.
    if (i % CHUNK_DIGITS < CHUNK_DIGITS - 1 && i < digits.length - 1) continue
    value = value * BigInt(weight) + BigInt(chunk)
    chunk = 0
    weight = 1
  }
  const octets = Math.floor((digits.length * Math.log2(base)) / 8)
  const hex = value.toString(16).padStart(octets * 2, '0')
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')
}

function digitValue(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  const lower = code | 0x20
  return lower >= 0x61 && lower <= 0x7a ? lower - 0x57 : -1
}
