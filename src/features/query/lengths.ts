import type { QueryFeatureFamily } from './family.ts'

/**
 * How much text the prefix is and how it is cut.
 *
 * Payload fills names; but a tunnel of short names (4 octets of payload a query) sits among host names here.
 *
 * @example
 * // 'a.bcd' -> prefixOctets 5, labelCount 2, labelOctetsMax 3, labelOctetsMean 2
 */
export const lengths: QueryFeatureFamily = {
  name: 'lengths',
  answers: false,
  features: [
    { name: 'prefixOctets', unit: 'octets' },
    { name: 'labelCount', unit: 'labels' },
    { name: 'labelOctetsMax', unit: 'octets' },
    { name: 'labelOctetsMean', unit: 'octets' },
  ],
  extract({ prefix }, out, at) {
    let longest = 0
    let sum = 0
    for (let label = 0; label < prefix.labelCount; label++) {
      const length = prefix.labelEnd[label] - prefix.labelStart[label]
      longest = Math.max(longest, length)
      sum += length
    }
    out[at] = prefix.length
    out[at + 1] = prefix.labelCount
    out[at + 2] = longest
    out[at + 3] = prefix.labelCount === 0 ? 0 : sum / prefix.labelCount
  },
}
