import { shannonEntropy } from '../../stats/entropy.ts'
import { LEGACY_NUMBERS } from './columns.ts'
import { legacyEntropy } from './legacy-entropy.ts'
import type { LegacyName } from './legacy-name.ts'

/** Numbers that {@link extractLegacy} writes. */
export const LEGACY_WIDTH: number = LEGACY_NUMBERS.length

/**
 * Writes the twelve legacy numbers of a wire-form name at `out[at]`, in the order of `LEGACY_NUMBERS`, and returns the
 * Shannon entropy (bits an octet) of the same text, rightly normalised: no column of the originals, so it stands beside.
 *
 * `cut` holds the name, cut. Octets beyond ASCII count as special, where Python's `isalpha` knows letters of all
 * scripts: names on the wire have none.
 *
 * @example
 * // 'isatap' -> 6, 0, 0, 6, 0, 2.120589933, 0, 1, 6, 6, 7, 0
 * // '252.0.0.224.in-addr.arpa' -> 24, 7, 0, 10, 8, 2.054028744, 6, 6, 7, 3.166666667, 11, 1
 */
export function extractLegacy(
  name: Uint8Array,
  start: number,
  length: number,
  cut: LegacyName,
  out: Float64Array,
  at: number,
): number {
  let labels = 0
  let longest = 0
  let upper = 0
  let lower = 0
  let digits = 0
  const end = start + length
  for (let i = start; i < end; ) {
    const label = Math.min(name[i], end - i - 1)
    labels++
    longest = Math.max(longest, label)
    for (const labelEnd = ++i + label; i < labelEnd; i++) {
      const octet = name[i]
      if (octet >= 0x61 && octet <= 0x7a) lower++
      else if (octet >= 0x41 && octet <= 0x5a) upper++
      else if (octet >= 0x30 && octet <= 0x39) digits++
    }
  }
  const octets = Math.max(0, length - 1)
  const coded = cut.subdomainLength + cut.domainLength
  const entropyBits = shannonEntropy(cut.bytes, 0, coded)
  out[at] = octets
  out[at + 1] = cut.subdomainLength
  out[at + 2] = upper
  out[at + 3] = lower
  out[at + 4] = digits
  out[at + 5] = legacyEntropy(entropyBits, coded)
  out[at + 6] = octets - upper - lower - digits
  out[at + 7] = labels
  out[at + 8] = longest
  out[at + 9] = labels === 0 ? 0 : (length - labels) / labels
  out[at + 10] = coded + 1
  out[at + 11] = cut.subdomainLength > 0 ? 1 : 0
  return entropyBits
}
