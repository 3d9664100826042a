import type { WindowFeatureFamily } from './family.ts'

/**
 * Lengths of new prefixes. A tunnel under load fills every name to the same length; hosts vary.
 *
 * @example
 * // a bcd -> prefixMean 2, prefixLongest 3, prefixVariation 0.5
 */
export const prefixLength: WindowFeatureFamily = {
  name: 'prefix-length',
  features: [
    { name: 'prefixMean', unit: 'octets' },
    { name: 'prefixLongest', unit: 'octets' },
    { name: 'prefixVariation', unit: 'ratio' },
  ],
  extract({ novelNames, prefixOctets, prefixSquares, prefixLongest }, out, at) {
    const mean = prefixOctets / novelNames
    // Sums of whole numbers are exact, yet the difference of the means may fall a rounding error below zero.
    const variance = Math.max(0, prefixSquares / novelNames - mean * mean)
    out[at] = mean
    out[at + 1] = novelNames === 0 ? Number.NaN : prefixLongest
    out[at + 2] = Math.sqrt(variance) / mean
  },
}
