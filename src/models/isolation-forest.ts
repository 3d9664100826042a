import { CompiledForest, type Forest } from './compiled-forest.ts'
import { forestTerms } from './forest-terms.ts'
import type { ExplainingScorer, SavedModel } from './model.ts'
import { loadForest } from './saved-forest.ts'

/**
 * Isolation forest: how few random questions set a row apart from the training rows. It needs no labels, so it can
 * speak of what nobody has seen, and it says "rare", not "bad": in a network whose backups are rare it finds backups.
 * Anomalies that lie close together hide each other, and columns that say nothing dilute those that do.
 *
 * The **margin** counts questions: the depth an average row has in such trees, less the mean depth of this one. Above
 * 0 a row stands alone sooner than most. It is not log-odds; a calibrator makes them of it. The paper's score is
 * 2^(margin / c - 1), with c = 10.249 the average depth for samples of 256 rows. A missing value (NaN) goes with most
 * of the training rows, so that a gap is no anomaly by itself; a value past the training range counts as its end.
 *
 * @example
 * const matrix = matrixOf(['a'], [[1], [2], [3], [4], [5], [6], [7], [40]])
 * const model = trainIsolationForest(matrix)
 * model.scoreOne(Float64Array.of(40)) // 2.276, and 4 scores -1.288
 *
 * Source: Liu, Ting and Zhou, Isolation forest, ICDM 2008; harmonic numbers are summed, not approximated.
 */
export class IsolationForest implements ExplainingScorer {
  static readonly kind = 'isolation-forest'
  readonly kind = IsolationForest.kind
  readonly featureNames: readonly string[]
  readonly forest: Forest
  readonly #compiled: CompiledForest

  constructor(featureNames: readonly string[], forest: Forest) {
    this.featureNames = featureNames
    this.forest = forest
    this.#compiled = new CompiledForest(forest)
  }

  scoreOne(x: Float64Array, at = 0): number {
    return this.#compiled.score(0, x, at)
  }

  /** How many questions sooner than expected each feature set the row apart. */
  contributions(x: Float64Array, at: number, out: Float64Array): number {
    return forestTerms(this.forest, x, at, out)
  }

  save(): SavedModel {
    return { parameters: {}, arrays: { ...this.forest } }
  }

  static load(saved: SavedModel, featureNames: readonly string[]): IsolationForest {
    return new IsolationForest(featureNames, loadForest(saved, featureNames.length))
  }
}
