import { measureOnColumns } from './on-columns.ts'
import { orderOf, type Selector } from './selector.ts'

/**
 * Sequential backward selection: begins with every column and takes away, one at a time, the one without which the
 * model does best, until `count` are left. Keeps what helps only together, and costs more than forward selection where
 * few are wanted: about columns^2 / 2 * folds fits of wide models.
 *
 * Scores: by how much less the model did without the column, when that was last asked.
 *
 * Source: Marill and Green, On the effectiveness of receptors in recognition systems, IEEE Transactions on Information
 * Theory 9(1), 1963.
 */
export const backward: Selector = {
  name: 'backward',
  rank: (examples, context) => {
    const { columns } = examples.matrix
    const measure = measureOnColumns(examples, context)
    const scores = new Float64Array(columns)
    const removed: number[] = []
    let left = Array.from({ length: columns }, (_, column) => column)
    let reached = measure(left).mean
    // Asked once more when enough are gone, to tell those that stay apart; a model of no column is not fitted.
    while (left.length > 1) {
      const without = left.map((column) => measure(left.filter((other) => other !== column)).mean)
      left.forEach((column, i) => {
        scores[column] = reached - without[i]
      })
      if (left.length <= context.count) break
      const worst = without.reduce((best, mean, i) => (mean >= without[best] ? i : best), 0)
      reached = without[worst]
      removed.unshift(left[worst])
      left = left.filter((_, i) => i !== worst)
    }
    const kept = orderOf(scores).filter((column) => left.includes(column))
    return { scores, order: Int32Array.from([...kept, ...removed]), chosen: Int32Array.from(left) }
  },
}
