import type { FeatureMatrix } from '../../models/matrix.ts'
import { rankByScore, type Selector } from './selector.ts'

/**
 * One-way analysis of variance: how far the class means lie apart, against the spread inside the classes. About 1 for
 * a column that says nothing; infinite where the classes do not vary but differ. Sees means alone: of two classes with
 * one mean and unlike spreads it tells nothing. Gaps and infinities are left out.
 *
 * Source: Fisher, Statistical Methods for Research Workers, 1925.
 */
export const anova: Selector = {
  name: 'anova',
  rank: ({ matrix, y }, { count }) =>
    rankByScore(
      Float64Array.from(matrix.names, (_, column) => anovaF(matrix, column, y)),
      count,
    ),
}

/**
 * The F of one column; 0 where it cannot be told: a class without known values, or a column that never varies.
 *
 * @example
 * anovaF(matrixOf(['a'], [[1], [2], [3], [4]]), 0, [0, 0, 1, 1]) // 8
 */
export function anovaF({ rows, columns, values }: FeatureMatrix, column: number, y: ArrayLike<number>): number {
  const counts = [0, 0]
  const sums = [0, 0]
  for (let row = 0; row < rows; row++) {
    const value = values[row * columns + column]
    if (!Number.isFinite(value)) continue
    counts[y[row]]++
    sums[y[row]] += value
  }
  const known = counts[0] + counts[1]
  if (counts[0] === 0 || counts[1] === 0 || known < 3) return 0
  const means = [sums[0] / counts[0], sums[1] / counts[1]]
  let within = 0
  for (let row = 0; row < rows; row++) {
    const value = values[row * columns + column]
    if (Number.isFinite(value)) within += (value - means[y[row]]) ** 2
  }
  const between = ((means[1] - means[0]) ** 2 * counts[0] * counts[1]) / known
  return between === 0 ? 0 : between / (within / (known - 2))
}
