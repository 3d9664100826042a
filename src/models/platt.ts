import { logit, sigmoid, softplus } from '../stats/sigmoid.ts'
import { type Calibrator, classWeights } from './calibrator.ts'
import { arrayOf, demand, type SavedModel } from './model.ts'

const STEPS_MAX = 100

/**
 * Platt scaling: probability = sigmoid(slope * margin + intercept). Two numbers, so it needs few rows (dozens of the
 * rarer class) and cannot follow a curve that is not a sigmoid: with thousands of rows take {@link Isotonic}. A
 * slope below zero means the margins point the wrong way; it is kept at zero, which says "no evidence".
 *
 * @example
 * const platt = fitPlatt([-2, -1, 0, 1, 2, 3], [0, 0, 0, 1, 1, 1])
 * platt.probability(3) // 0.8
 *
 * Source: Platt 1999, with the targets and the Newton steps of Lin, Lin and Weng, A note on Platt's probabilistic
 * outputs for support vector machines, Machine Learning 68, 2007.
 */
export class Platt implements Calibrator {
  static readonly kind = 'platt'
  readonly kind = Platt.kind
  readonly slope: number
  readonly intercept: number
  readonly priorLogOdds: number
  /** Log-odds are held within these: what the calibration set's size allows to say. */
  readonly low: number
  readonly high: number

  constructor(slope: number, intercept: number, priorLogOdds: number, low: number, high: number) {
    this.slope = slope
    this.intercept = intercept
    this.priorLogOdds = priorLogOdds
    this.low = low
    this.high = high
  }

  probability(margin: number): number {
    return sigmoid(this.#logOdds(margin))
  }

  logLikelihoodRatio(margin: number): number {
    return this.#logOdds(margin) - this.priorLogOdds
  }

  #logOdds(margin: number): number {
    const logOdds = this.slope * margin + this.intercept
    if (Number.isNaN(logOdds)) return this.priorLogOdds
    return Math.max(this.low, Math.min(this.high, logOdds))
  }

  save(): SavedModel {
    const { slope, intercept, priorLogOdds, low, high } = this
    return { parameters: {}, arrays: { line: Float64Array.of(slope, intercept, priorLogOdds, low, high) } }
  }

  static load(saved: SavedModel): Platt {
    const line = arrayOf(saved, 'line', Float64Array, 5)
    demand(
      line.every((v) => Math.abs(v) < 1e9) && line[0] >= 0 && line[3] <= line[4],
      'The Platt calibration is broken.',
    )
    return new Platt(line[0], line[1], line[2], line[3], line[4])
  }
}

/** Fits {@link Platt} to margins of rows that the scorer was not trained on; `y` holds 0 and 1. */
export function fitPlatt(margins: ArrayLike<number>, y: ArrayLike<number>, weights?: ArrayLike<number>): Platt {
  const { positive, negative } = classWeights(margins, y, weights)
  const prior = Math.log(positive / negative)
  const high = (positive + 1) / (positive + 2)
  const low = 1 / (negative + 2)
  const loss = (slope: number, intercept: number) => {
    let sum = 0
    for (let i = 0; i < margins.length; i++) {
      const z = slope * margins[i] + intercept
      sum += (weights?.[i] ?? 1) * (softplus(z) - (y[i] > 0.5 ? high : low) * z)
    }
    return sum
  }
  let slope = 0
  let intercept = prior
  let current = loss(slope, intercept)
  for (let step = 0; step < STEPS_MAX; step++) {
    let [ga, gb, haa, hab, hbb] = [0, 0, 1e-12, 0, 1e-12]
    for (let i = 0; i < margins.length; i++) {
      const p = sigmoid(slope * margins[i] + intercept)
      const weight = weights?.[i] ?? 1
      const g = weight * (p - (y[i] > 0.5 ? high : low))
      const h = weight * p * (1 - p)
      ga += g * margins[i]
      gb += g
      haa += h * margins[i] * margins[i]
      hab += h * margins[i]
      hbb += h
    }
    const determinant = haa * hbb - hab * hab
    if (!(determinant > 0)) break
    const da = -(hbb * ga - hab * gb) / determinant
    const db = -(haa * gb - hab * ga) / determinant
    let size = 1
    while (size > 1e-10 && !(loss(slope + size * da, intercept + size * db) < current)) size /= 2
    if (size <= 1e-10) break
    slope += size * da
    intercept += size * db
    const next = loss(slope, intercept)
    if (current - next < 1e-12 * Math.abs(current)) break
    current = next
  }
  if (slope < 0) [slope, intercept] = [0, prior]
  // n rows of one class and none of the other allow odds of n + 1, by Laplace's rule of succession.
  return new Platt(slope, intercept, prior, Math.min(prior, logit(low)), Math.max(prior, logit(high)))
}
