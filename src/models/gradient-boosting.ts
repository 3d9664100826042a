import { CompiledForest, type Forest } from './compiled-forest.ts'
import { forestTerms } from './forest-terms.ts'
import { arrayOf, demand, type ExplainingScorer, type SavedModel } from './model.ts'
import { loadForest } from './saved-forest.ts'

/**
 * Gradient boosted trees on the logistic loss: many small trees, each fitted to what those before it got wrong.
 *
 * The best all-round model on a table of features, without scaling; strong where two features matter together. It
 * cannot extrapolate: past the outermost training value the score stays flat, and a kind of traffic that was never
 * trained on is judged by whichever leaf it falls into, without a warning. Missing values (NaN) go the way that
 * helped in training.
 *
 * Costs one comparison a level and tree: about 1 us a row for 70 trees of depth 4. Margins are
 * log-odds in nats, exact sums: no order of adding changes a bit (see `VALUE_GRID`).
 *
 * @example
 * const y = [0, 0, 0, 1, 1, 1]
 * const model = trainGradientBoosting(matrixOf(['a'], [[1], [2], [3], [7], [8], [9]]), y, { childHessianMin: 0 })
 * model.scoreOne(Float64Array.of(8)) // 2.614
 *
 * Source: Friedman, Greedy function approximation, Annals of Statistics 29(5), 2001; histograms and best-leaf-first
 * growth as in Ke et al., LightGBM, NIPS 2017; second-order values as in Chen and Guestrin, XGBoost, KDD 2016.
 */
export class GradientBoosting implements ExplainingScorer {
  static readonly kind = 'gradient-boosting'
  readonly kind = GradientBoosting.kind
  readonly featureNames: readonly string[]
  /** Log-odds of the training set, where every score begins. */
  readonly base: number
  readonly forest: Forest
  /** Summed fall of the training loss by each feature's splits; scale it to its sum to read it. */
  readonly importance: Float64Array
  readonly #compiled: CompiledForest

  constructor(featureNames: readonly string[], base: number, forest: Forest, importance: Float64Array) {
    this.featureNames = featureNames
    this.base = base
    this.forest = forest
    this.importance = importance
    this.#compiled = new CompiledForest(forest)
  }

  scoreOne(x: Float64Array, at = 0): number {
    return this.#compiled.score(this.base, x, at)
  }

  /** Each feature's answers in all trees; see `forestTerms`. */
  contributions(x: Float64Array, at: number, out: Float64Array): number {
    return this.base + forestTerms(this.forest, x, at, out)
  }

  save(): SavedModel {
    const base = Float64Array.of(this.base)
    return { parameters: {}, arrays: { base, importance: this.importance, ...this.forest } }
  }

  static load(saved: SavedModel, featureNames: readonly string[]): GradientBoosting {
    const forest = loadForest(saved, featureNames.length)
    const base = arrayOf(saved, 'base', Float64Array, 1)[0]
    demand(Number.isFinite(base), 'The model file holds a base that is not a number.')
    const importance = arrayOf(saved, 'importance', Float64Array, featureNames.length)
    return new GradientBoosting(featureNames, base, forest, importance)
  }
}
