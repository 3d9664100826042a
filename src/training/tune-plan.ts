import type { Examples } from '../learn/examples.ts'
import { learners } from '../learn/learners.ts'
import { metrics } from '../learn/metric.ts'
import { FOLDS, fitOfPlan, named, type Plan } from '../learn/plan.ts'
import { PlanError } from '../learn/plan-error.ts'
import { drawFrom, gridOf, type ParameterSpace, type Range } from '../learn/tuning/space.ts'
import { type Trial, type Tuning, tune } from '../learn/tuning/tune.ts'
import { createRandom } from '../stats/random.ts'

export const SEARCHES = ['grid', 'random'] as const

/** Combinations past which a search would take days. */
const CANDIDATES_MAX = 1000

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
  demandFew(search === 'grid' ? gridSize(open, trials) : trials)
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

function gridSize(space: ParameterSpace, steps: number): number {
  const stepsOf = (range: Range) => (range.whole ? Math.min(steps, range.to - range.from + 1) : steps)
  return Object.values(space).reduce((size, values) => size * ('from' in values ? stepsOf(values) : values.length), 1)
}

function demandFew(candidates: number): void {
  if (candidates <= CANDIDATES_MAX) return
  throw new PlanError(
    `That makes ${candidates} combinations, and ${CANDIDATES_MAX} are the most: take fewer trials, set some parameters, or search at random.`,
  )
}
