import { arrayOf, demand, type ExplainingScorer, type ModelArray, type ModelKind, type SavedModel } from './model.ts'
import { demandColumns } from './steps/category-columns.ts'
import { stepKinds } from './steps/index.ts'
import type { Step } from './steps/step.ts'

const STEPS_MAX = 32
const INNER = 'inner.'

/**
 * A model together with all that was done to its rows: steps fitted on the training part, columns that were selected,
 * and the model that reads what is left. It takes the raw row, so nobody can forget a step or fit it again on rows to
 * be judged, and one file holds it all.
 *
 * Steps keep columns apart, so a term of the inner model is the term of the raw column it came from. Costs a copy of
 * the row and the steps besides the inner model.
 *
 * @example
 * const model = new PreparedModel(['length', 'noise'], [scaling], Int32Array.of(0), inner)
 * model.scoreOne(Float64Array.of(63, 7)) // what `inner` says of 63 alone, scaled
 */
export class PreparedModel implements ExplainingScorer {
  static readonly kind = 'prepared'
  readonly kind = PreparedModel.kind
  readonly featureNames: readonly string[]
  readonly steps: readonly Step[]
  /** The raw columns the inner model reads, rising. */
  readonly columns: Int32Array
  readonly inner: ExplainingScorer
  readonly #row: Float64Array
  readonly #picked: Float64Array
  readonly #terms: Float64Array

  constructor(featureNames: readonly string[], steps: readonly Step[], columns: Int32Array, inner: ExplainingScorer) {
    this.featureNames = featureNames
    this.steps = steps
    this.columns = columns
    this.inner = inner
    this.#row = new Float64Array(featureNames.length)
    this.#picked = new Float64Array(columns.length)
    this.#terms = new Float64Array(columns.length)
  }

  scoreOne(x: Float64Array, at = 0): number {
    this.#prepare(x, at)
    return this.inner.scoreOne(this.#picked, 0)
  }

  contributions(x: Float64Array, at: number, out: Float64Array): number {
    this.#prepare(x, at)
    const base = this.inner.contributions(this.#picked, 0, this.#terms)
    // Columns rise and the others add zero, so that the sum takes the inner model's steps to the bit.
    out.fill(0, 0, this.featureNames.length)
    for (let i = 0; i < this.columns.length; i++) out[this.columns[i]] = this.#terms[i]
    return base
  }

  #prepare(x: Float64Array, at: number): void {
    const row = this.#row
    for (let i = 0; i < row.length; i++) row[i] = x[at + i]
    for (const step of this.steps) step.apply(row, 0)
    for (let i = 0; i < this.columns.length; i++) this.#picked[i] = row[this.columns[i]]
  }

  save(): SavedModel {
    const parameters: Record<string, number | string | boolean> = { inner: this.inner.kind, steps: this.steps.length }
    const arrays: Record<string, ModelArray> = { columns: this.columns }
    const add = (prefix: string, saved: SavedModel) => {
      for (const name in saved.parameters) parameters[prefix + name] = saved.parameters[name]
      for (const name in saved.arrays) arrays[prefix + name] = saved.arrays[name]
    }
    this.steps.forEach((step, i) => {
      parameters[stepName(i)] = step.kind
      add(`${stepName(i)}.`, step.save())
    })
    add(INNER, this.inner.save())
    return { parameters, arrays }
  }
}

/** How a prepared model is loaded, its inner model being of one of `innerKinds`. */
export function preparedKind(innerKinds: readonly ModelKind[]): ModelKind<PreparedModel> {
  const load = (saved: SavedModel, featureNames: readonly string[]): PreparedModel => {
    const { inner: innerName, steps: count } = saved.parameters
    demand(
      Number.isInteger(count) && Number(count) >= 0 && Number(count) <= STEPS_MAX,
      'The model file has no valid number of steps.',
    )
    const steps = Array.from({ length: Number(count) }, (_, i) => {
      const kind = stepKinds.find((known) => known.kind === saved.parameters[stepName(i)])
      demand(kind !== undefined, `The model file’s step ${i + 1} is of an unknown kind.`)
      return kind.load(under(saved, `${stepName(i)}.`), featureNames.length)
    })
    const columns = arrayOf(saved, 'columns', Int32Array)
    demandColumns(columns, featureNames.length)
    const kind = innerKinds.find((known) => known.kind === innerName)
    demand(kind !== undefined, 'The model file’s inner model is of an unknown kind.')
    const names = Array.from(columns, (column) => featureNames[column])
    const inner = kind.load(under(saved, INNER), names)
    demand(isExplaining(inner), `The model file has a ${inner.kind} inside, which scores no rows.`)
    return new PreparedModel(featureNames, steps, columns, inner)
  }
  return { kind: PreparedModel.kind, load }
}

function stepName(i: number): string {
  return `step.${i}`
}

function isExplaining(model: object): model is ExplainingScorer {
  return 'scoreOne' in model && 'contributions' in model
}

/** The part of a saved model whose names begin with `prefix`, without it. */
function under({ parameters, arrays }: SavedModel, prefix: string): SavedModel {
  const part = <T>(all: Readonly<Record<string, T>>) =>
    Object.fromEntries(
      Object.entries(all)
        .filter(([name]) => name.startsWith(prefix))
        .map(([name, value]) => [name.slice(prefix.length), value]),
    )
  return { parameters: part(parameters), arrays: part(arrays) }
}
