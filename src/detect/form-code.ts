import type { PrefixText } from '../dns/prefix-text.ts'

const LOG2_10 = Math.log2(10)
/** A label's length, 1 to 63, costs six bits where the form does not imply it. */
const LENGTH_BITS = 6

function isHex(octet: number): boolean {
  return (octet >= 0x30 && octet <= 0x39) || (octet >= 0x61 && octet <= 0x66)
}

/**
 * Bits of one label by a known form: a UUID, a run of hexadecimal or of decimal digits. Infinity where it has none.
 * Each form is a proper code: it names every label of that form once, at the cost of its free digits and its length.
 */
export function labelFormBits(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start
  let decimal = true
  let hyphens = 0
  for (let i = start; i < end; i++) {
    const octet = bytes[i]
    if (octet === 0x2d) hyphens++
    else if (!isHex(octet)) return Number.POSITIVE_INFINITY
    if (octet < 0x30 || octet > 0x39) decimal = false
  }
  if (hyphens > 0) {
    const uuid = length === 36 && hyphens === 4
    const placed = uuid && [8, 13, 18, 23].every((i) => bytes[start + i] === 0x2d)
    return placed ? 128 : Number.POSITIVE_INFINITY
  }
  return LENGTH_BITS + length * (decimal ? LOG2_10 : 4)
}

/**
 * How many leading labels are the octets of an IPv4 address (4) or the nibbles of an IPv6 address (32); else 0.
 * DNS block lists ask for `4.3.2.1.list.example` (RFC 5782 2.1, 2.4).
 */
export function leadingAddressLabels(prefix: PrefixText): number {
  const { bytes, labelStart, labelEnd, labelCount } = prefix
  if (labelCount >= 32) {
    let nibbles = 0
    while (nibbles < 32 && labelEnd[nibbles] - labelStart[nibbles] === 1 && isHex(bytes[labelStart[nibbles]])) nibbles++
    if (nibbles === 32) return 32
  }
  if (labelCount < 4) return 0
  for (let label = 0; label < 4; label++) {
    const length = labelEnd[label] - labelStart[label]
    if (length < 1 || length > 3) return 0
    // `01` is no octet: four labels with leading zeros say more than 32 bits.
    if (length > 1 && bytes[labelStart[label]] === 0x30) return 0
    let value = 0
    for (let i = labelStart[label]; i < labelEnd[label]; i++) {
      if (bytes[i] < 0x30 || bytes[i] > 0x39) return 0
      value = value * 10 + bytes[i] - 0x30
    }
    if (value > 255) return 0
  }
  return 4
}

/** Bits of the address that {@link leadingAddressLabels} found. */
export function addressBits(labels: number): number {
  return labels === 32 ? 128 : 32
}
