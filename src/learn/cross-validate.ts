import { type Examples, selectExamples } from './examples.ts'
import { type Fit, scoreRows } from './fit.ts'
import { SplitError, splitOfFold } from './folds/split.ts'
import type { Metric } from './metric.ts'

/** A metric, fold by fold. */
export interface FoldMetrics {
  /** NaN where a fold's test rows could not tell. */
  readonly byFold: Float64Array
  /** Mean and deviation (over n - 1) of the folds that could tell. */
  readonly mean: number
  readonly deviation: number
}

/** Fits on all folds but one and measures on that one, for each fold in turn. */
export function crossValidate(
  examples: Examples,
  fit: Fit,
  metric: Metric,
  folds: Uint16Array,
  seed: number,
): FoldMetrics {
  const byFold = new Float64Array(foldCount(folds))
  for (let fold = 0; fold < byFold.length; fold++) {
    const split = splitOfFold(folds, fold)
    const test = selectExamples(examples, split.test)
    const scorer = fit(selectExamples(examples, split.train), seed)
    byFold[fold] = metric.measure(scoreRows(scorer, test.matrix), test.y)
  }
  return { byFold, ...summarise(byFold) }
}

export function foldCount(folds: Uint16Array): number {
  return folds.reduce((most, fold) => Math.max(most, fold + 1), 0)
}

/** Mean and deviation of the values that are numbers, of which there must be one; the deviation of one is 0. */
export function summarise(values: ArrayLike<number>): { mean: number; deviation: number } {
  const known = Array.from(values).filter((value) => !Number.isNaN(value))
  if (known.length === 0) {
    throw new SplitError('No fold has test rows of both classes to measure on; take fewer folds or finer groups.')
  }
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length
  const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, deviation: known.length < 2 ? 0 : Math.sqrt(squares / (known.length - 1)) }
}
