import { Scaling } from '../../models/steps/scaling.ts'
import { sortedKnown, usableSpread } from './known-values.ts'
import type { Preparation } from './preparation.ts'

/** Scales the training range of every column to 0 to 1; a column that never varied becomes 0. */
export const minMax: Preparation = {
  name: 'min-max',
  fit: (matrix) => {
    const offsets = new Float64Array(matrix.columns)
    const spreads = new Float64Array(matrix.columns).fill(1)
    for (let column = 0; column < matrix.columns; column++) {
      const known = sortedKnown(matrix, column)
      if (known.length === 0) continue
      offsets[column] = known[0]
      spreads[column] = usableSpread(known[known.length - 1] - known[0])
    }
    return new Scaling(offsets, spreads)
  },
}
