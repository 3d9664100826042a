import { Imputation } from '../../models/steps/imputation.ts'
import { quantileOfSorted } from '../../stats/quantile.ts'
import { sortedKnown } from './known-values.ts'
import type { Preparation } from './preparation.ts'

/** Fills gaps with the training median, or 0 where a column was never known. */
export const imputeMedian: Preparation = {
  name: 'impute-median',
  fit: (matrix) => {
    const medianOf = (_: number, column: number) => {
      const known = sortedKnown(matrix, column)
      return known.length === 0 ? 0 : quantileOfSorted(known, 0.5)
    }
    return new Imputation(new Float64Array(matrix.columns).map(medianOf))
  },
}
