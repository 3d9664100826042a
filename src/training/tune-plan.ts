import type { Examples } from '../learn/examples.ts'
import { learners } from '../learn/learners.ts'
import { metrics } from '../learn/metric.ts'
import { FOLDS, fitOfPlan, named, type Plan } from '../learn/plan.ts'
import { drawFrom, gridOf } from '../learn/tuning/space.ts'
import { type Trial, type Tuning, tune } from '../learn/tuning/tune.ts'
import { createRandom } from '../stats/random.ts'

export const SEARCHES = ['grid', 'random'] as const

/** How parameters are looked for. */
export interface TuningPlan {
  readonly search: (typeof SEARCHES)[number]
  /** Combinations tried at random; of a grid, values of each range. */
  readonly trials: number
  readonly metric: string
}

/** A plan with the parameters that did best, and every trial. */
export interface TunedPlan {
  readonly plan: Plan
  readonly tuning: Tuning
}

/**
 * Looks for parameters by cross-validation over whole groups of the training rows, the whole plan done anew inside each
 * fold. Parameters the plan sets are left as they are.
 */
export function tunePlan(
  examples: Examples,
  plan: Plan,
  categories: readonly string[],
  { search, trials, metric }: TuningPlan,
  seed: number,
  onProgress: (done: number, of: number, best: Trial) => void,
): TunedPlan {
  const { space } = named(learners, plan.learner, 'model')
  const open = Object.fromEntries(Object.entries(space).filter(([name]) => !(name in plan.parameters)))
  const candidates = search === 'grid' ? gridOf(open, trials) : drawFrom(open, trials, createRandom(seed))
  const planWith = (parameters: Plan['parameters']): Plan => ({
    ...plan,
    parameters: { ...plan.parameters, ...parameters },
  })
  const tuning = tune(examples, candidates, (parameters) => fitOfPlan(planWith(parameters), categories, seed), {
    metric: named(metrics, metric, 'metric'),
    folds: FOLDS,
    seed,
    onProgress,
  })
  return { plan: planWith(tuning.best.parameters), tuning }
}
