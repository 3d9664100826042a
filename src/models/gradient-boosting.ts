import { CompiledForest, type Forest } from './compiled-forest.ts'
import { arrayOf, demand, type ExplainingScorer, type SavedModel } from './model.ts'

/** Largest value of a node, either way; a file with greater ones is refused. */
const VALUE_MAX = 1024

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

  /**
   * Walks each tree and books every change of the expected margin on the feature that was asked (Saabas, 2014). Exact
   * in sum, cheap, and biased towards features asked near the leaves: an explanation, not a Shapley value.
   */
  contributions(x: Float64Array, at: number, out: Float64Array): number {
    const { roots, feature, threshold, child, missingLeft, value } = this.forest
    out.fill(0)
    let base = this.base
    for (let tree = 0; tree < roots.length; tree++) {
      let node = roots[tree]
      base += value[node]
      while (feature[node] >= 0) {
        const column = feature[node]
        const v = x[at + column]
        const left = v <= threshold[node] || (Number.isNaN(v) && missingLeft[node] === 1)
        const next = left ? child[node] : child[node] + 1
        out[column] += value[next] - value[node]
        node = next
      }
    }
    return base
  }

  save(): SavedModel {
    const base = Float64Array.of(this.base)
    return { parameters: {}, arrays: { base, importance: this.importance, ...this.forest } }
  }

  /** Refuses trees that would loop, leave the arrays or score anything but a finite number. */
  static load(saved: SavedModel, featureNames: readonly string[]): GradientBoosting {
    const feature = arrayOf(saved, 'feature', Int32Array)
    const nodes = feature.length
    const roots = arrayOf(saved, 'roots', Int32Array)
    const forest: Forest = {
      roots,
      feature,
      threshold: arrayOf(saved, 'threshold', Float64Array, nodes),
      child: arrayOf(saved, 'child', Int32Array, nodes),
      missingLeft: arrayOf(saved, 'missingLeft', Uint8Array, nodes),
      value: arrayOf(saved, 'value', Float64Array, nodes),
    }
    const base = arrayOf(saved, 'base', Float64Array, 1)[0]
    demand(
      Number.isFinite(base) && isForest(forest, featureNames.length),
      'The model file holds trees that do not fit together.',
    )
    const importance = arrayOf(saved, 'importance', Float64Array, featureNames.length)
    return new GradientBoosting(featureNames, base, forest, importance)
  }
}

/** Whether each node belongs to one tree only and stands behind its parent, so that every walk ends. */
function isForest({ roots, feature, threshold, child, value }: Forest, columns: number): boolean {
  const parents = new Uint8Array(feature.length)
  for (const root of roots) if (!(root >= 0 && root < feature.length) || parents[root]++ > 0) return false
  for (let node = 0; node < feature.length; node++) {
    if (!(Math.abs(value[node]) <= VALUE_MAX)) return false
    if (feature[node] === -1) continue
    const left = child[node]
    if (!(feature[node] >= 0 && feature[node] < columns && left > node && left + 1 < feature.length)) return false
    if (parents[left]++ > 0 || parents[left + 1]++ > 0 || !(threshold[node] < Infinity)) return false
  }
  return true
}
