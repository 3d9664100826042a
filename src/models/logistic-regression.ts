import { arrayOf, demand, type ExplainingScorer, type SavedModel } from './model.ts'

/** What logistic regression keeps of each feature. */
export interface LinearTerms {
  /** Weight in nats a unit of the feature. */
  readonly weights: Float64Array
  /** Training mean: where a feature's contribution is zero, and what a missing value counts as. */
  readonly means: Float64Array
  /** Training range; what lies outside counts as its border, so that no row can push the margin without bound. */
  readonly lows: Float64Array
  readonly highs: Float64Array
}

/**
 * Logistic regression: margin = base + sum of weight * (value - mean). One weight a feature, so a person can read
 * it, and with weights held at zero or above it cannot learn that more evidence means less suspicion: the fusion of
 * detectors. Under an L1 penalty, features that add little have a weight of exactly zero. It misses whatever needs two
 * features together, and repeats of one feature share its weight.
 *
 * A missing value (NaN) says nothing; a value past the training range counts as the end of the range. About 5 ns a
 * feature.
 *
 * @example
 * const model = trainLogisticRegression(matrixOf(['a'], [[0], [1], [2], [3]]), [0, 0, 1, 1])
 * model.scoreOne(Float64Array.of(3)) // 1.267
 *
 * Source: Friedman, Hastie and Tibshirani, Journal of Statistical Software 33(1), 2010 (coordinate descent inside
 * Newton's method), as fitted by `train-logistic-regression.ts`.
 */
export class LogisticRegression implements ExplainingScorer {
  static readonly kind = 'logistic-regression'
  readonly kind = LogisticRegression.kind
  readonly featureNames: readonly string[]
  /** Margin of a row whose every value is the training mean. */
  readonly base: number
  readonly terms: LinearTerms

  constructor(featureNames: readonly string[], base: number, terms: LinearTerms) {
    this.featureNames = featureNames
    this.base = base
    this.terms = terms
  }

  scoreOne(x: Float64Array, at = 0): number {
    const { weights } = this.terms
    let margin = this.base
    for (let i = 0; i < weights.length; i++) margin += this.#term(x[at + i], i)
    return margin
  }

  contributions(x: Float64Array, at: number, out: Float64Array): number {
    for (let i = 0; i < this.terms.weights.length; i++) out[i] = this.#term(x[at + i], i)
    return this.base
  }

  #term(value: number, i: number): number {
    const { weights, means, lows, highs } = this.terms
    if (Number.isNaN(value)) return 0
    const inside = Math.max(lows[i], Math.min(highs[i], value))
    return weights[i] * (inside - means[i])
  }

  save(): SavedModel {
    return { parameters: {}, arrays: { base: Float64Array.of(this.base), ...this.terms } }
  }

  static load(saved: SavedModel, featureNames: readonly string[]): LogisticRegression {
    const columns = featureNames.length
    const terms = {
      weights: arrayOf(saved, 'weights', Float64Array, columns),
      means: arrayOf(saved, 'means', Float64Array, columns),
      lows: arrayOf(saved, 'lows', Float64Array, columns),
      highs: arrayOf(saved, 'highs', Float64Array, columns),
    }
    const [base] = arrayOf(saved, 'base', Float64Array, 1)
    const sound = [Float64Array.of(base), ...Object.values(terms)].every((array) => array.every(Number.isFinite))
    const reach = terms.weights.reduce((sum, w, i) => sum + Math.abs(w) * (terms.highs[i] - terms.lows[i]), 0)
    demand(sound && Number.isFinite(reach), 'The logistic regression holds a number that is not finite.')
    return new LogisticRegression(featureNames, base, terms)
  }
}
