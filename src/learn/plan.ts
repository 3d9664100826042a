import { demandParameters } from './demand-parameters.ts'
import type { PassWatcher } from './fit.ts'
import { learners } from './learners.ts'
import { metrics } from './metric.ts'
import { PlanError } from './plan-error.ts'
import { preparations } from './preparation/index.ts'
import type { Rebalancing } from './rebalance.ts'
import { fitOf, type Recipe } from './recipe.ts'
import { selectors } from './selection/index.ts'
import type { Parameters } from './tuning/space.ts'

/** Folds of whole groups inside a training part, for selection, tuning and calibration. */
export const FOLDS = 5

/** Which columns to choose, by names. */
export interface SelectionPlan {
  readonly method: string
  readonly metric: string
  readonly count: number
}

/** A recipe in names and numbers: what a model file keeps, so that the same can be trained again from other rows. */
export interface Plan {
  readonly learner: string
  readonly parameters: Parameters
  readonly preparations: readonly string[]
  readonly rebalancing: Rebalancing | 'none'
  readonly selection: SelectionPlan | null
}

/** The recipe of a plan; `categories` are columns that hold codes of texts. Throws a {@link PlanError}. */
export function recipeOf(plan: Plan, categories: readonly string[], seed: number, onPass?: PassWatcher): Recipe {
  const { selection, rebalancing } = plan
  const chosen = selection && {
    selector: named(selectors, selection.method, 'selection method'),
    metric: named(metrics, selection.metric, 'metric'),
    count: selection.count,
    folds: FOLDS,
    seed,
  }
  const learner = named(learners, plan.learner, 'model')
  demandParameters(learner, plan.parameters)
  return {
    preparations: plan.preparations.map((name) => named(preparations, name, 'preparation')),
    categories,
    ...(chosen ? { selection: chosen } : {}),
    ...(rebalancing === 'none' ? {} : { rebalancing }),
    fit: learner.fit(plan.parameters, onPass),
  }
}

/** The fit of a plan: everything in it is done anew inside each training part. */
export function fitOfPlan(
  plan: Plan,
  categories: readonly string[],
  seed: number,
  onPass?: PassWatcher,
): ReturnType<typeof fitOf> {
  return fitOf(recipeOf(plan, categories, seed, onPass))
}

/** The member called `name`, or a sentence that lists those there are. */
export function named<T extends { readonly name: string }>(members: readonly T[], name: string, what: string): T {
  const found = members.find((member) => member.name === name)
  if (found) return found
  throw new PlanError(`There is no ${what} "${name}": take one of ${members.map((member) => member.name).join(', ')}.`)
}
