import type { FeatureMatrix } from './matrix.ts'

/** A matrix on one scale, so that one penalty fits every column. */
export interface StandardMatrix {
  /** Row after row, one entry wider than the matrix: the last column is 1, for the base. */
  readonly scaled: Float64Array
  readonly means: Float64Array
  readonly deviations: Float64Array
  readonly lows: Float64Array
  readonly highs: Float64Array
}

/**
 * Columns less their weighted mean, over their weighted deviation; missing values at zero, which is the mean. Infinite
 * values count as the end of the finite range. A column of one value stays at zero.
 */
export function standardise({ rows, columns, values }: FeatureMatrix, rowWeights: Float64Array): StandardMatrix {
  const scaled = new Float64Array(rows * (columns + 1)).fill(1)
  const means = new Float64Array(columns)
  const lows = new Float64Array(columns)
  const highs = new Float64Array(columns)
  const deviations = new Float64Array(columns).fill(1)
  for (let j = 0; j < columns; j++) {
    let [weight, sum, squares, low, high] = [0, 0, 0, Infinity, -Infinity]
    for (let i = 0; i < rows; i++) {
      const value = values[i * columns + j]
      if (!Number.isFinite(value)) continue
      weight += rowWeights[i]
      sum += rowWeights[i] * value
      low = Math.min(low, value)
      high = Math.max(high, value)
    }
    if (weight > 0) [means[j], lows[j], highs[j]] = [sum / weight, low, high]
    for (let i = 0; i < rows; i++) {
      const value = values[i * columns + j]
      if (Number.isFinite(value)) squares += rowWeights[i] * (value - means[j]) ** 2
    }
    if (squares > 0) deviations[j] = Math.sqrt(squares / weight)
    for (let i = 0; i < rows; i++) {
      const value = Math.max(lows[j], Math.min(highs[j], values[i * columns + j]))
      scaled[i * (columns + 1) + j] = Number.isNaN(value) ? 0 : (value - means[j]) / deviations[j]
    }
  }
  return { scaled, means, lows, highs, deviations }
}
