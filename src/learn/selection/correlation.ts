import type { FeatureMatrix } from '../../models/matrix.ts'
import { orderOf, type Selector } from './selector.ts'

/** Of two columns that go together this closely, one is enough. */
const SAME = 0.95

/**
 * Pearson correlation with the class, without its sign; and of two columns whose correlation passes 0.95 either way,
 * only the one nearer to the class is chosen. So fewer than `count` may be. Sees straight lines alone.
 *
 * Source: Hall, Correlation-based feature selection, ICML 2000, for leaving out what another column says already.
 */
export const correlation: Selector = {
  name: 'correlation',
  rank: ({ matrix, y }, { count }) => {
    const all = matrix.names.map((_, column) => columnOf(matrix, column))
    const scores = Float64Array.from(all, (values) => Math.abs(correlationOf(values, y)))
    const order = orderOf(scores)
    const chosen: number[] = []
    for (const column of order) {
      if (chosen.length >= count) break
      if (chosen.every((kept) => Math.abs(correlationOf(all[column], all[kept])) <= SAME)) chosen.push(column)
    }
    return { scores, order, chosen: Int32Array.from(chosen).sort() }
  },
}

/**
 * Pearson correlation over the rows in which both are known and finite; 0 where either never varies.
 *
 * @example
 * correlationOf(Float64Array.of(1, 2, 3), Float64Array.of(2, 4, 7)) // 0.9933992677987828
 */
export function correlationOf(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [count, sumA, sumB] = [0, 0, 0]
  for (let i = 0; i < a.length; i++) {
    if (!Number.isFinite(a[i]) || !Number.isFinite(b[i])) continue
    count++
    sumA += a[i]
    sumB += b[i]
  }
  const [meanA, meanB] = [sumA / count, sumB / count]
  let [both, squaresA, squaresB] = [0, 0, 0]
  for (let i = 0; i < a.length; i++) {
    if (!Number.isFinite(a[i]) || !Number.isFinite(b[i])) continue
    both += (a[i] - meanA) * (b[i] - meanB)
    squaresA += (a[i] - meanA) ** 2
    squaresB += (b[i] - meanB) ** 2
  }
  const spread = Math.sqrt(squaresA) * Math.sqrt(squaresB)
  return spread > 0 ? both / spread : 0
}

function columnOf({ rows, columns, values }: FeatureMatrix, column: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => values[row * columns + column])
}
