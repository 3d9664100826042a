/** The typed arrays a model may keep in a file. */
export type ModelArray = Float64Array | Float32Array | Int32Array | Uint32Array | Uint16Array | Int16Array | Uint8Array

/** A model taken apart: what `model-file.ts` writes. Real numbers that decide a score belong in `arrays`. */
export interface SavedModel {
  readonly parameters: Readonly<Record<string, number | string | boolean>>
  readonly arrays: Readonly<Record<string, ModelArray>>
}

/** Anything that is trained, kept in a file and loaded again without a bit of difference. */
export interface Model {
  /** Names the class in model files, in kebab case. */
  readonly kind: string
  /** The columns a row must have, in order; empty where the model does not read feature rows. */
  readonly featureNames: readonly string[]
  save(): SavedModel
}

/**
 * Scores one row; changes nothing, keeps nothing, allocates nothing.
 *
 * `scoreOne(x, at)` reads the row that starts at `x[at]` and gives a **margin**: log-odds of the positive class in
 * nats, as trained (with the training set's prior), always finite, whatever the row holds. NaN means missing. A kind
 * trained without labels says in its own docstring what its margin counts; greater is more suspicious in all of them.
 * `sigmoid(margin)` is a probability only as far as the training prior holds; a calibrator (`calibrators.ts`) turns
 * the margin into a likelihood ratio, which does not depend on a prior.
 */
export interface Scorer extends Model {
  scoreOne(x: Float64Array, at?: number): number
}

/** A scorer that can say why: terms that sum to the margin. */
export interface ExplainingScorer extends Scorer {
  /**
   * Writes one term a feature into `out` and returns the base. Adding the terms to the base, first to last, gives
   * the margin exactly.
   */
  contributions(x: Float64Array, at: number, out: Float64Array): number
}

/**
 * A scorer that goes on learning. What it learned is all in what it saves, chance included: a learner loaded from a file
 * and fed the same rows becomes the same learner, to the bit.
 */
export interface OnlineLearner extends Scorer {
  /** Learns the row that starts at `x[at]`: `y` is 0 or 1, `weight` >= 0 what the row counts for. Allocation is bounded. */
  learnOne(x: Float64Array, at: number, y: number, weight: number): void
}

/** How a class is loaded; the static side of every model. Throws `ModelFileError` where the parts do not fit. */
export interface ModelKind<M extends Model = Model> {
  readonly kind: string
  load(saved: SavedModel, featureNames: readonly string[]): M
}

/** A model file that is not what it claims to be. The message is one sentence for an operator. */
export class ModelFileError extends Error {
  override readonly name = 'ModelFileError'
}

/** The array called `name`, or an error if it is missing or of another type or length. */
export function arrayOf<A extends ModelArray>(
  saved: SavedModel,
  name: string,
  type: new (length: number) => A,
  length?: number,
): A {
  const array = Object.hasOwn(saved.arrays, name) ? saved.arrays[name] : undefined
  if (!(array instanceof type)) throw new ModelFileError(`The model file lacks the ${type.name} "${name}".`)
  if (length !== undefined && array.length !== length) {
    throw new ModelFileError(`The model file's "${name}" has ${array.length} entries where ${length} are needed.`)
  }
  return array
}

/** Throws a `ModelFileError` with `sentence` unless `condition` holds. */
export function demand(condition: boolean, sentence: string): asserts condition {
  if (!condition) throw new ModelFileError(sentence)
}

/** Throws a `ModelFileError` that names the first feature that differs, unless a model reads just the `wanted` ones. */
export function demandFeatures(trained: readonly string[], wanted: readonly string[]): void {
  const length = Math.max(trained.length, wanted.length)
  const at = Array.from({ length }, (_, i) => i).find((i) => trained[i] !== wanted[i])
  if (at === undefined) return
  const [theirs, ours] = [trained[at] ?? 'nothing', wanted[at] ?? 'nothing']
  demand(false, `The model was trained on other features: its feature ${at + 1} is ${theirs}, and here it is ${ours}.`)
}

/** Whether a model scores rows of features. */
export function isScorer(model: Model): model is Scorer {
  return 'scoreOne' in model
}
