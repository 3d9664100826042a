import { crossValidate, type FoldMetrics } from '../cross-validate.ts'
import type { Examples } from '../examples.ts'
import type { Fit } from '../fit.ts'
import { trainingFolds } from '../folds/training-folds.ts'
import type { Metric } from '../metric.ts'
import type { Parameters } from './space.ts'

/** Parameters, and how the learner did with them. */
export interface Trial extends FoldMetrics {
  readonly parameters: Parameters
}

export interface TuningRules {
  readonly metric: Metric
  /** Folds of whole groups; the same ones for every trial, so that trials compare. */
  readonly folds: number
  readonly seed: number
  /** Told after each trial how many are done, of how many, and which is best so far. */
  readonly onProgress?: (done: number, of: number, best: Trial) => void
}

/** All trials, in the order they were asked for, and the best: the first where several are even. */
export interface Tuning {
  readonly trials: readonly Trial[]
  readonly best: Trial
}

/**
 * Tries every candidate by cross-validation over whole groups and keeps all results. The best mean of many is a little
 * lucky: what the winner is worth is measured on rows that took no part in this. Deterministic.
 *
 * @example
 * const { best } = tune(training, gridOf(learner.space, 3), learner.fit, { metric: rocAuc, folds: 5, seed: 1 })
 */
export function tune(
  examples: Examples,
  candidates: readonly Parameters[],
  fitWith: (parameters: Parameters) => Fit,
  { metric, folds, seed, onProgress }: TuningRules,
): Tuning {
  const foldOf = trainingFolds(examples, folds, seed)
  const trials: Trial[] = []
  let best: Trial | undefined
  for (const parameters of candidates) {
    const trial = { parameters, ...crossValidate(examples, fitWith(parameters), metric, foldOf, seed) }
    trials.push(trial)
    if (best === undefined || trial.mean > best.mean) best = trial
    onProgress?.(trials.length, candidates.length, best)
  }
  if (best === undefined) throw new RangeError('no candidates to try')
  return { trials, best }
}
