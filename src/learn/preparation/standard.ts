import { Scaling } from '../../models/steps/scaling.ts'
import { sortedKnown, usableSpread } from './known-values.ts'
import type { Preparation } from './preparation.ts'

/** Scales every column to mean 0 and deviation 1 (over n) in training; a column that never varied becomes 0. */
export const standard: Preparation = {
  name: 'standard',
  fit: (matrix) => {
    const offsets = new Float64Array(matrix.columns)
    const spreads = new Float64Array(matrix.columns).fill(1)
    for (let column = 0; column < matrix.columns; column++) {
      const known = sortedKnown(matrix, column)
      // Summed in rising order, so that the order of rows changes no bit; divided first, so that it cannot overflow.
      const mean = known.reduce((sum, value) => sum + value / known.length, 0)
      const variance = known.reduce((sum, value) => sum + (value - mean) ** 2 / known.length, 0)
      offsets[column] = mean
      // What rounding leaves of a column that never varied is no spread.
      const varies = known.length > 0 && known[0] < known[known.length - 1]
      spreads[column] = varies ? usableSpread(Math.sqrt(variance)) : 1
    }
    return new Scaling(offsets, spreads)
  },
}
