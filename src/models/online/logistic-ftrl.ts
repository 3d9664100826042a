import { sigmoid } from '../../stats/sigmoid.ts'
import { arrayOf, demand, type OnlineLearner, type SavedModel } from '../model.ts'
import { RunningScale } from './running-scale.ts'

/** Learning rate, its smoothing, and the penalties of McMahan's algorithm 1. */
const ALPHA = 0.1
const BETA = 1
const L1 = 0
const L2 = 1e-3

/**
 * Logistic regression by FTRL-proximal: each weight has a rate of its own that falls as its column is used, so that rare columns
 * learn fast and common ones stay. The last column kept is the constant.
 *
 * Source: McMahan et al., "Ad click prediction: a view from the trenches", KDD 2013, algorithm 1.
 */
export class LogisticFtrl implements OnlineLearner {
  static readonly kind = 'logistic-ftrl'
  readonly kind = LogisticFtrl.kind
  readonly featureNames: readonly string[]
  /** `z` and `n` of the paper, a column each and the constant. */
  private readonly z: Float64Array
  private readonly n: Float64Array
  private readonly scale: RunningScale

  constructor(featureNames: readonly string[]) {
    this.featureNames = featureNames
    this.z = new Float64Array(featureNames.length + 1)
    this.n = new Float64Array(featureNames.length + 1)
    this.scale = new RunningScale(featureNames.length)
  }

  scoreOne(x: Float64Array, at = 0): number {
    const columns = this.featureNames.length
    let margin = this.weight(columns)
    for (let i = 0; i < columns; i++) margin += this.weight(i) * this.scale.score(x[at + i], i)
    return margin
  }

  learnOne(x: Float64Array, at: number, y: number, weight: number): void {
    if (!(weight > 0)) return
    this.scale.learn(x, at, weight)
    const columns = this.featureNames.length
    const gradient = Math.max(-1, Math.min(1, weight * (sigmoid(this.scoreOne(x, at)) - y)))
    for (let i = 0; i < columns; i++) this.step(i, gradient * this.scale.score(x[at + i], i))
    this.step(columns, gradient)
  }

  private step(i: number, gradient: number): void {
    const { z, n } = this
    const after = n[i] + gradient * gradient
    const sigma = (Math.sqrt(after) - Math.sqrt(n[i])) / ALPHA
    z[i] += gradient - sigma * this.weight(i)
    n[i] = after
  }

  private weight(i: number): number {
    const z = this.z[i]
    if (Math.abs(z) <= L1) return 0
    return -(z - Math.sign(z) * L1) / ((BETA + Math.sqrt(this.n[i])) / ALPHA + L2)
  }

  save(): SavedModel {
    const { z, n, scale } = this
    const { weights: seen, means, squares } = scale
    return { parameters: {}, arrays: { z, n, seen, means, squares } }
  }

  static load(saved: SavedModel, featureNames: readonly string[]): LogisticFtrl {
    const columns = featureNames.length
    const learner = new LogisticFtrl(featureNames)
    const { weights, means, squares } = learner.scale
    const parts = [
      ...([['z', learner.z, columns + 1] as const, ['n', learner.n, columns + 1] as const] as const),
      ...([['seen', weights, columns] as const, ['means', means, columns] as const] as const),
      ['squares', squares, columns] as const,
    ]
    for (const [name, into, length] of parts) {
      const from = arrayOf(saved, name, Float64Array, length)
      const sound = from.every((value) => Number.isFinite(value) && (name !== 'n' || value >= 0))
      demand(sound, 'The FTRL regression holds a number that cannot be.')
      into.set(from)
    }
    return learner
  }
}
