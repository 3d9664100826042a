import type { FeatureMatrix } from '../../models/matrix.ts'
import { outlierLimits } from './winsorise.ts'

/**
 * The training rows without outliers: those in which no column lies past its training quantiles. Not a preparation, as
 * a row to be judged is never dropped, and nothing here does it unasked: an outlier is what a detector is looking for.
 * Columns in `lengths` drop no row, since long names are the clearest sign of a tunnel. Gaps drop no row either.
 *
 * @example
 * insideLimits(matrixOf(['octets'], [[1], [1e9]]), Int32Array.of(0)) // 0, 1: a length drops nothing
 */
export function insideLimits(matrix: FeatureMatrix, lengths: Int32Array): Int32Array {
  const { rows, columns, values } = matrix
  const { lows, highs } = outlierLimits(matrix)
  for (const column of lengths) {
    lows[column] = -Infinity
    highs[column] = Infinity
  }
  const kept = new Int32Array(rows)
  let count = 0
  for (let row = 0; row < rows; row++) {
    let inside = true
    for (let column = 0; column < columns; column++) {
      const value = values[row * columns + column]
      if (value < lows[column] || value > highs[column]) inside = false
    }
    if (inside) kept[count++] = row
  }
  return kept.slice(0, count)
}
