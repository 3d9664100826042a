import type { WindowFeatureFamily } from './family.ts'

const MS = 1000

/**
 * Gaps between queries: their mean and their spread in relation to it (0: a clock, 1: by chance, more: bursts). NaN
 * below two gaps, or where the source has no times.
 *
 * @example
 * // a b c -> gapSeconds 1, gapVariation 0
 */
export const rhythm: WindowFeatureFamily = {
  name: 'rhythm',
  features: [
    { name: 'gapSeconds', unit: 'seconds' },
    { name: 'gapVariation', unit: 'ratio' },
  ],
  extract({ gaps, gapSum, gapSquares }, out, at) {
    const mean = gapSum / gaps
    const variance = Math.max(0, gapSquares / gaps - mean * mean)
    out[at] = gaps < 2 ? Number.NaN : mean / MS
    out[at + 1] = gaps < 2 ? Number.NaN : mean === 0 ? 0 : Math.sqrt(variance) / mean
  },
}
