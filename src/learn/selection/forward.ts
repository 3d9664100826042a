import { measureOnColumns } from './on-columns.ts'
import { orderOf, type Selector } from './selector.ts'

/**
 * Sequential forward selection: begins with no column and adds, one at a time, the one with which the model does best,
 * until there are `count`. Passes over copies of what it has, and over a pair that helps only together. Costs about
 * count * columns * folds fits.
 *
 * Scores: the metric each column reached when it was added, or, of those left over, when it last was not.
 *
 * Source: Whitney, A direct method of nonparametric measurement selection, IEEE Transactions on Computers C-20, 1971.
 */
export const forward: Selector = {
  name: 'forward',
  rank: (examples, context) => {
    const { columns } = examples.matrix
    const measure = measureOnColumns(examples, context)
    const scores = new Float64Array(columns)
    const added: number[] = []
    while (added.length < Math.min(context.count, columns)) {
      let best = -1
      for (let column = 0; column < columns; column++) {
        if (added.includes(column)) continue
        scores[column] = measure(inOrder([...added, column])).mean
        if (best < 0 || scores[column] > scores[best]) best = column
      }
      added.push(best)
    }
    const left = orderOf(scores).filter((column) => !added.includes(column))
    return { scores, order: Int32Array.from([...added, ...left]), chosen: inOrder(added) }
  },
}

function inOrder(columns: readonly number[]): Int32Array {
  return Int32Array.from(columns).sort()
}
