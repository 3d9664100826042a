import { logit, sigmoid, softplus } from '../stats/sigmoid.ts'
import { type LinearTerms, LogisticRegression } from './logistic-regression.ts'
import { assertTrainable, type FeatureMatrix } from './matrix.ts'

export interface LogisticOptions {
  readonly weights?: ArrayLike<number>
  /** Penalty on half the squared weights, on features scaled to unit deviation, in rows. */
  readonly l2?: number
  /** True for each column whose weight may not be negative. */
  readonly nonNegative?: ArrayLike<boolean>
  readonly stepsMax?: number
}

/**
 * Fits {@link LogisticRegression} by Newton steps, each solved by coordinate descent, where a bound on a weight is one
 * `max`; steps are halved until the loss falls. Deterministic. Cost a step: rows * columns^2; ten steps are common.
 */
export function trainLogisticRegression(
  matrix: FeatureMatrix,
  y: ArrayLike<number>,
  options: LogisticOptions = {},
): LogisticRegression {
  const { l2 = 1, nonNegative = [], stepsMax = 100 } = options
  assertTrainable(matrix, y, options.weights)
  const { rows, columns } = matrix
  const rowWeights = Float64Array.from({ length: rows }, (_, i) => options.weights?.[i] ?? 1)
  const { scaled, means, lows, highs, deviations } = standardise(matrix, rowWeights)
  const width = columns + 1
  // The last coefficient is the base: its column is 1, without penalty or bound.
  const coefficients = new Float64Array(width)
  coefficients[columns] = meanLogOdds(y, rowWeights)
  const lossAt = (at: Float64Array) => {
    let loss = 0
    for (let j = 0; j < columns; j++) loss += 0.5 * l2 * at[j] * at[j]
    for (let i = 0; i < rows; i++) {
      const z = dot(scaled, i * width, at)
      loss += rowWeights[i] * (softplus(z) - y[i] * z)
    }
    return loss
  }
  let loss = lossAt(coefficients)
  for (let step = 0; step < stepsMax; step++) {
    const gradient = new Float64Array(width)
    const hessian = new Float64Array(width * width)
    for (let i = 0; i < rows; i++) {
      const at = i * width
      const p = sigmoid(dot(scaled, at, coefficients))
      const g = rowWeights[i] * (p - y[i])
      const h = rowWeights[i] * p * (1 - p)
      for (let j = 0; j < width; j++) {
        gradient[j] += g * scaled[at + j]
        for (let k = 0; k <= j; k++) hessian[j * width + k] += h * scaled[at + j] * scaled[at + k]
      }
    }
    for (let j = 0; j < width; j++) {
      for (let k = 0; k < j; k++) hessian[k * width + j] = hessian[j * width + k]
      if (j < columns) {
        gradient[j] += l2 * coefficients[j]
        hessian[j * width + j] += l2
      }
      hessian[j * width + j] += 1e-9
    }
    const direction = newtonDirection(gradient, hessian, coefficients, nonNegative)
    let next = coefficients
    let nextLoss = loss
    for (let size = 1; size > 1e-9 && nextLoss >= loss; size /= 2) {
      next = coefficients.map((c, j) => c + size * direction[j])
      nextLoss = lossAt(next)
    }
    if (nextLoss >= loss) break
    coefficients.set(next)
    const fell = loss - nextLoss
    loss = nextLoss
    if (fell < 1e-12 * Math.abs(loss)) break
  }
  const terms: LinearTerms = { weights: deviations.map((d, j) => coefficients[j] / d), means, lows, highs }
  return new LogisticRegression(matrix.names, coefficients[columns], terms)
}

/** Minimises the second-order model of the loss, one coefficient at a time, each kept inside its bound. */
function newtonDirection(
  gradient: Float64Array,
  hessian: Float64Array,
  coefficients: Float64Array,
  nonNegative: ArrayLike<boolean>,
): Float64Array {
  const width = gradient.length
  const direction = new Float64Array(width)
  const slope = gradient.slice()
  for (let sweep = 0; sweep < 1000; sweep++) {
    let largest = 0
    for (let j = 0; j < width; j++) {
      const wish = direction[j] - slope[j] / hessian[j * width + j]
      const next = nonNegative[j] ? Math.max(wish, -coefficients[j]) : wish
      const change = next - direction[j]
      if (change === 0) continue
      direction[j] = next
      for (let k = 0; k < width; k++) slope[k] += change * hessian[j * width + k]
      largest = Math.max(largest, Math.abs(change))
    }
    if (largest < 1e-10) break
  }
  return direction
}

/** Columns less their mean, over their deviation, missing values at zero, with a last column of ones. */
function standardise({ rows, columns, values }: FeatureMatrix, rowWeights: Float64Array) {
  const scaled = new Float64Array(rows * (columns + 1)).fill(1)
  const means = new Float64Array(columns)
  const lows = new Float64Array(columns)
  const highs = new Float64Array(columns)
  const deviations = new Float64Array(columns).fill(1)
  for (let j = 0; j < columns; j++) {
    let [weight, sum, squares, low, high] = [0, 0, 0, Infinity, -Infinity]
    for (let i = 0; i < rows; i++) {
      const value = values[i * columns + j]
      if (!Number.isFinite(value)) continue
      weight += rowWeights[i]
      sum += rowWeights[i] * value
      low = Math.min(low, value)
      high = Math.max(high, value)
    }
    if (weight > 0) [means[j], lows[j], highs[j]] = [sum / weight, low, high]
    for (let i = 0; i < rows; i++) {
      const value = values[i * columns + j]
      if (Number.isFinite(value)) squares += rowWeights[i] * (value - means[j]) ** 2
    }
    if (squares > 0) deviations[j] = Math.sqrt(squares / weight)
    for (let i = 0; i < rows; i++) {
      const value = Math.max(lows[j], Math.min(highs[j], values[i * columns + j]))
      scaled[i * (columns + 1) + j] = Number.isNaN(value) ? 0 : (value - means[j]) / deviations[j]
    }
  }
  return { scaled, means, lows, highs, deviations }
}

function dot(values: Float64Array, at: number, coefficients: Float64Array): number {
  let sum = 0
  for (let j = 0; j < coefficients.length; j++) sum += values[at + j] * coefficients[j]
  return sum
}

function meanLogOdds(y: ArrayLike<number>, rowWeights: Float64Array): number {
  let positive = 0.5
  let total = 1
  for (let i = 0; i < rowWeights.length; i++) {
    positive += rowWeights[i] * y[i]
    total += rowWeights[i]
  }
  return logit(positive / total)
}
