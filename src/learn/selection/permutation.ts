import type { FeatureMatrix } from '../../models/matrix.ts'
import type { Scorer } from '../../models/model.ts'
import { createRandom, randomInteger } from '../../stats/random.ts'
import { summarise } from '../cross-validate.ts'
import { type Examples, selectExamples } from '../examples.ts'
import { scoreRows } from '../fit.ts'
import { splitOfFold } from '../folds/split.ts'
import { trainingFolds } from '../folds/training-folds.ts'
import type { Metric } from '../metric.ts'
import { rankByScore, type Selector } from './selector.ts'

/** Shuffles of a column in each fold. */
const REPEATS = 5

/**
 * Permutation importance: by how much the metric falls on rows held out when one column is shuffled among them, over
 * five shuffles in each fold. Costs one fit a fold, whatever the number of columns. Says what this model leans on, not
 * what could be known: copies share what they say, and shuffling makes rows that no traffic has.
 *
 * Source: Breiman, Random forests, Machine Learning 45, 2001; for any model Fisher, Rudin and Dominici, JMLR 20, 2019.
 */
export const permutation: Selector = {
  name: 'permutation',
  rank: (examples, { count, fit, metric, folds, seed }) => {
    const { columns } = examples.matrix
    const foldOf = trainingFolds(examples, folds, seed)
    const random = createRandom(seed)
    const falls = Array.from({ length: columns }, (): number[] => [])
    for (let fold = 0; fold < folds; fold++) {
      const split = splitOfFold(foldOf, fold)
      const scorer = fit(selectExamples(examples, split.train), seed)
      const found = permutationFalls(scorer, selectExamples(examples, split.test), metric, random)
      found.forEach((ofColumn, column) => {
        falls[column].push(...ofColumn)
      })
    }
    const summaries = falls.map(summarise)
    const scores = Float64Array.from(summaries, ({ mean }) => mean)
    const deviations = Float64Array.from(summaries, ({ deviation }) => deviation)
    return { ...rankByScore(scores, count), deviations }
  },
}

/** By how much the metric falls when a column is shuffled among these rows: five falls a column. */
export function permutationFalls(
  scorer: Scorer,
  { matrix, y }: Pick<Examples, 'matrix' | 'y'>,
  metric: Metric,
  random: () => number,
): number[][] {
  const shuffled = { ...matrix, values: matrix.values.slice() }
  const whole = metric.measure(scoreRows(scorer, matrix), y)
  return matrix.names.map((_, column) => {
    const falls = Array.from({ length: REPEATS }, () => {
      shuffleColumn(shuffled, column, random)
      return whole - metric.measure(scoreRows(scorer, shuffled), y)
    })
    shuffled.values.set(matrix.values)
    return falls
  })
}

/** Fisher and Yates's shuffle of one column, in place. */
function shuffleColumn({ rows, columns, values }: FeatureMatrix, column: number, random: () => number): void {
  for (let row = rows - 1; row > 0; row--) {
    const a = row * columns + column
    const b = randomInteger(random, row + 1) * columns + column
    ;[values[a], values[b]] = [values[b], values[a]]
  }
}
