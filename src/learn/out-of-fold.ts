import { type Examples, selectExamples } from './examples.ts'
import { type Fit, scoreRows } from './fit.ts'
import { splitOfFold } from './folds/split.ts'

/**
 * The margin of every row by a model that was fitted without the row's fold: what a model says of rows it never saw, on
 * as many rows as there are. Calibration and thresholds are drawn on these; on a model's own rows they would be too
 * sure. Costs one fit a fold.
 */
export function outOfFold(examples: Examples, fit: Fit, folds: Uint16Array, seed: number): Float64Array {
  const margins = new Float64Array(examples.matrix.rows)
  const count = folds.reduce((most, fold) => Math.max(most, fold + 1), 0)
  for (let fold = 0; fold < count; fold++) {
    const { train, test } = splitOfFold(folds, fold)
    if (test.length === 0) continue
    const held = scoreRows(fit(selectExamples(examples, train), seed), selectExamples(examples, test).matrix)
    for (let i = 0; i < test.length; i++) margins[test[i]] = held[i]
  }
  return margins
}
