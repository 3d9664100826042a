import type { FeatureMatrix } from '../../models/matrix.ts'
import { Clamping } from '../../models/steps/clamping.ts'
import { quantileOfSorted } from '../../stats/quantile.ts'
import { sortedKnown } from './known-values.ts'
import type { Preparation } from './preparation.ts'

/** Share of the training rows at either end that counts as outlying. */
export const OUTLYING = 0.001

/** Counts what lies outside the training quantiles 0.001 and 0.999 as lying on them. No row is lost by it. */
export const winsorise: Preparation = {
  name: 'winsorise',
  fit: (matrix) => outlierLimits(matrix),
}

/** The limits beyond which a value is an outlier; infinite for a column that was never known. */
export function outlierLimits(matrix: FeatureMatrix): Clamping {
  const lows = new Float64Array(matrix.columns).fill(-Infinity)
  const highs = new Float64Array(matrix.columns).fill(Infinity)
  for (let column = 0; column < matrix.columns; column++) {
    const known = sortedKnown(matrix, column)
    if (known.length === 0) continue
    lows[column] = quantileOfSorted(known, OUTLYING)
    highs[column] = quantileOfSorted(known, 1 - OUTLYING)
  }
  return new Clamping(lows, highs)
}
