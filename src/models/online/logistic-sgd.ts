import { sigmoid } from '../../stats/sigmoid.ts'
import { arrayOf, demand, type OnlineLearner, type SavedModel } from '../model.ts'
import { RunningScale } from './running-scale.ts'

/** A single row weighs no more than this, whatever it is given. */
const STEP_MAX = 1

/**
 * Logistic regression learned a row at a time: w <- w - rate g z, with g = weight (p - y) and z the standard scores of the row.
 * The cheapest learner there is, and the first to follow; it can draw one straight line only.
 *
 * Source: Bottou, "Stochastic gradient learning", 1998; rate as in River's default.
 */
export class LogisticSgd implements OnlineLearner {
  static readonly kind = 'logistic-sgd'
  readonly kind = LogisticSgd.kind
  readonly featureNames: readonly string[]
  private readonly rate: number
  private readonly weights: Float64Array
  private readonly scale: RunningScale
  private base = 0

  constructor(featureNames: readonly string[], rate = 0.01) {
    this.featureNames = featureNames
    this.rate = rate
    this.weights = new Float64Array(featureNames.length)
    this.scale = new RunningScale(featureNames.length)
  }

  scoreOne(x: Float64Array, at = 0): number {
    const { weights, scale } = this
    let margin = this.base
    for (let i = 0; i < weights.length; i++) margin += weights[i] * scale.score(x[at + i], i)
    return margin
  }

  learnOne(x: Float64Array, at: number, y: number, weight: number): void {
    if (!(weight > 0)) return
    this.scale.learn(x, at, weight)
    const step = this.rate * Math.max(-STEP_MAX, Math.min(STEP_MAX, weight * (sigmoid(this.scoreOne(x, at)) - y)))
    const { weights, scale } = this
    this.base -= step
    for (let i = 0; i < weights.length; i++) weights[i] -= step * scale.score(x[at + i], i)
  }

  save(): SavedModel {
    const { rate, base, weights, scale } = this
    const { weights: seen, means, squares } = scale
    return { parameters: {}, arrays: { settings: Float64Array.of(rate, base), weights, seen, means, squares } }
  }

  static load(saved: SavedModel, featureNames: readonly string[]): LogisticSgd {
    const columns = featureNames.length
    const [rate, base] = arrayOf(saved, 'settings', Float64Array, 2)
    const learner = new LogisticSgd(featureNames, rate)
    learner.base = base
    const parts = {
      weights: learner.weights,
      seen: learner.scale.weights,
      means: learner.scale.means,
      squares: learner.scale.squares,
    }
    for (const [name, into] of Object.entries(parts)) {
      const from = arrayOf(saved, name, Float64Array, columns)
      demand(from.every(Number.isFinite), 'The online logistic regression holds a number that is not finite.')
      into.set(from)
    }
    demand(Number.isFinite(base) && rate > 0, 'The online logistic regression holds a number that is not finite.')
    return learner
  }
}
