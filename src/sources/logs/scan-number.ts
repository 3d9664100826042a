const ZERO = 0x30
/** Powers of ten that a double holds exactly. */
const POWERS = Array.from({ length: 23 }, (_, power) => 10 ** power)
/** Digits whose value a double holds exactly (2^53 is about 9.007e15). */
const DIGITS_MAX = 15

/** A whole number in decimal digits, or -1 where the octets are anything else or pass 2^53. */
export function scanCount(bytes: Uint8Array, start: number, end: number): number {
  if (start >= end || end - start > DIGITS_MAX) return -1
  let value = 0
  for (let i = start; i < end; i++) {
    const digit = bytes[i] - ZERO
    if (digit < 0 || digit > 9) return -1
    value = value * 10 + digit
  }
  return value
}

/**
 * A decimal number times 10^`shift` (0 to 3), rounded once; NaN where the octets are not a number.
 *
 * `1674912362.542238` with shift 3 is the double nearest to 1674912362542.238: digits are collected as one integer
 * and divided by one exact power, where parsing first and multiplying after would round twice.
 */
export function scanDecimal(bytes: Uint8Array, start: number, end: number, shift: number): number {
  let value = 0
  let digits = 0
  let places = -1
  for (let i = start; i < end; i++) {
    const digit = bytes[i] - ZERO
    if (digit >= 0 && digit <= 9) {
      value = value * 10 + digit
      if (value > 0) digits++
      if (places >= 0) places++
    } else if (bytes[i] === 0x2e && places < 0) places = 0
    else return slowDecimal(bytes, start, end, shift)
  }
  const power = Math.max(places, 0) - shift
  // 16 digits fit as long as they stay under 2^53: today's times in microseconds do, in nanoseconds they do not.
  if (digits === 0 || digits > DIGITS_MAX + 1 || value > Number.MAX_SAFE_INTEGER || power >= POWERS.length) {
    return slowDecimal(bytes, start, end, shift)
  }
  return power >= 0 ? value / POWERS[power] : value * POWERS[-power]
}

/** Signs, exponents and many digits. `Number` takes more than decimals (hex, blanks), so the form is checked first. */
function slowDecimal(bytes: Uint8Array, start: number, end: number, shift: number): number {
  if (end - start > 64 || start >= end) return Number.NaN
  const text = String.fromCharCode(...bytes.subarray(start, end))
  if (!/^[+-]?\d+(\.\d*)?([eE][+-]?\d+)?$/.test(text)) return Number.NaN
  return Number(/[eE]/.test(text) ? text : `${text}e${shift}`) * (/[eE]/.test(text) ? POWERS[shift] : 1)
}
