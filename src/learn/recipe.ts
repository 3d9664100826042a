import { PreparedModel } from '../models/prepared-model.ts'
import { type Examples, selectExamples } from './examples.ts'
import type { Fit } from './fit.ts'
import { insideLimits } from './preparation/drop-outliers.ts'
import type { Preparation } from './preparation/preparation.ts'
import { prepare, selectColumns } from './preparation/prepare.ts'
import { type Rebalancing, rebalance } from './rebalance.ts'
import type { SelectionContext, Selector } from './selection/selector.ts'

/** Everything that is done to training rows before a model is fitted, and the fit. Columns go by name. */
export interface Recipe {
  readonly preparations: readonly Preparation[]
  /** Columns that hold categories (`textCode` of a text). */
  readonly categories?: readonly string[]
  /** Drops training rows with outliers. Nothing does so unasked, and columns named as lengths never drop a row. */
  readonly dropOutliers?: { readonly lengths: readonly string[] }
  readonly selection?: { readonly selector: Selector } & Omit<SelectionContext, 'fit' | 'seed'>
  readonly rebalancing?: Rebalancing
  readonly fit: Fit
}

/**
 * The recipe as a fit of its own, which gives a model that takes raw rows. Since a fit is handed a training part only,
 * a recipe that is cross-validated, tuned or judged on a split is fitted anew inside each part: no statistic, choice
 * of columns or copy of a row reaches over.
 *
 * @example
 * const fit = fitOf({ preparations: [winsorise, standard], rebalancing: 'weights', fit: logistic })
 * const model = fit(selectExamples(examples, split.train), 1) // a PreparedModel
 */
export function fitOf(recipe: Recipe): (examples: Examples, seed: number) => PreparedModel {
  return (given, seed) => {
    const { names } = given.matrix
    const examples = recipe.dropOutliers
      ? selectExamples(given, insideLimits(given.matrix, columnsOf(names, recipe.dropOutliers.lengths)))
      : given
    const categories = columnsOf(names, recipe.categories ?? [])
    const { steps, matrix } = prepare(examples.matrix, recipe.preparations, { categories, seed })
    const prepared = { ...examples, matrix }
    const columns = chooseColumns(prepared, recipe, seed)
    const narrow = { ...prepared, matrix: selectColumns(matrix, columns) }
    const training = recipe.rebalancing ? rebalance(narrow, recipe.rebalancing, seed) : narrow
    return new PreparedModel(names, steps, columns, recipe.fit(training, seed))
  }
}

function chooseColumns(prepared: Examples, { selection, fit }: Recipe, seed: number): Int32Array {
  if (selection === undefined) return Int32Array.from(prepared.matrix.names, (_, column) => column)
  return selection.selector.rank(prepared, { ...selection, fit, seed }).chosen
}

/** The columns of those names, rising; throws a RangeError for a name that is none. */
function columnsOf(names: readonly string[], wanted: readonly string[]): Int32Array {
  const columns = wanted.map((name) => {
    const column = names.indexOf(name)
    if (column < 0) throw new RangeError(`there is no column ${name}`)
    return column
  })
  return Int32Array.from(new Set(columns)).sort()
}
