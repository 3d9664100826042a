import type { FeatureMatrix } from '../../models/matrix.ts'
import { binMatrix } from '../../models/quantile-bins.ts'

/** Tenths of the rows: coarse enough that every bin of a small sample holds some. */
const BINS = 10

/** How many rows of either class lie in each bin of a column. */
export interface BinCounts {
  readonly negatives: Float64Array
  readonly positives: Float64Array
}

/**
 * Counts by class over the bins of every column: at most ten at its quantiles, and one for missing values, which may
 * say as much as any. Empty bins are left out.
 */
export function binCounts(matrix: FeatureMatrix, y: ArrayLike<number>): BinCounts[] {
  const { rows, columns, bins, firstBin } = binMatrix(matrix, BINS)
  const negatives = new Float64Array(firstBin[columns])
  const positives = new Float64Array(firstBin[columns])
  for (let row = 0; row < rows; row++) {
    const counts = y[row] === 1 ? positives : negatives
    for (let column = 0; column < columns; column++) counts[bins[row * columns + column]]++
  }
  return Array.from({ length: columns }, (_, column) => {
    const [from, to] = [firstBin[column], firstBin[column + 1]]
    const isHeld = (_: number, i: number) => negatives[from + i] + positives[from + i] > 0
    return {
      negatives: negatives.slice(from, to).filter(isHeld),
      positives: positives.slice(from, to).filter(isHeld),
    }
  })
}
