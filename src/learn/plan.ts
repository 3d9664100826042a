import { learners } from './learners.ts'
import { metrics } from './metric.ts'
import { preparations } from './preparation/index.ts'
import { REBALANCINGS, type Rebalancing } from './rebalance.ts'
import { fitOf, type Recipe } from './recipe.ts'
import { selectors } from './selection/index.ts'
import type { Parameters, ParameterValue } from './tuning/space.ts'

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

/** A plan that names something there is not. One sentence for an operator. */
export class PlanError extends Error {
  override readonly name = 'PlanError'
}

/** The recipe of a plan. `lengths` and `categories` are columns of the data that a preparation treats apart. */
export function recipeOf(plan: Plan, categories: readonly string[], seed: number): Recipe {
  const { selection, rebalancing } = plan
  const chosen = selection && {
    selector: named(selectors, selection.method, 'selection method'),
    metric: named(metrics, selection.metric, 'metric'),
    count: selection.count,
    folds: FOLDS,
    seed,
  }
  return {
    preparations: plan.preparations.map((name) => named(preparations, name, 'preparation')),
    categories,
    ...(chosen ? { selection: chosen } : {}),
    ...(rebalancing === 'none' ? {} : { rebalancing }),
    fit: named(learners, plan.learner, 'model').fit(plan.parameters),
  }
}

/** The fit of a plan: everything in it is done anew inside each training part. */
export function fitOfPlan(plan: Plan, categories: readonly string[], seed: number): ReturnType<typeof fitOf> {
  return fitOf(recipeOf(plan, categories, seed))
}

export function encodePlan(plan: Plan): string {
  return JSON.stringify(plan)
}

/** Reads what {@link encodePlan} wrote, believing nothing; throws a {@link PlanError}. */
export function decodePlan(text: string): Plan {
  let plan: Partial<Record<keyof Plan, unknown>>
  try {
    plan = JSON.parse(text)
  } catch (cause) {
    throw new PlanError('The plan that the model was trained by is not JSON; train the model again.', { cause })
  }
  const { learner, parameters, preparations: steps, rebalancing, selection } = plan ?? {}
  const sound =
    typeof learner === 'string' &&
    isScalars(parameters) &&
    Array.isArray(steps) &&
    steps.every((step) => typeof step === 'string') &&
    (rebalancing === 'none' || REBALANCINGS.some((known) => known === rebalancing)) &&
    (selection === null || isSelection(selection))
  if (!sound) throw new PlanError('The plan that the model was trained by is not one; train the model again.')
  return { learner, parameters, preparations: steps, rebalancing, selection } as Plan
}

/** The member called `name`, or a sentence that lists those there are. */
export function named<T extends { readonly name: string }>(members: readonly T[], name: string, what: string): T {
  const found = members.find((member) => member.name === name)
  if (found) return found
  throw new PlanError(`There is no ${what} "${name}": take one of ${members.map((member) => member.name).join(', ')}.`)
}

function isScalars(value: unknown): value is Record<string, ParameterValue> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return Object.values(value).every((entry) => ['number', 'string', 'boolean'].includes(typeof entry))
}

function isSelection(value: unknown): value is SelectionPlan {
  const { method, metric, count } = (value ?? {}) as Partial<SelectionPlan>
  return typeof method === 'string' && typeof metric === 'string' && Number.isSafeInteger(count) && count! > 0
}
