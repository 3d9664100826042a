import { assertMeasurable } from './ranked-scores.ts'

/** A probability of 0 that was wrong would cost without bound: nothing counts as surer than this. */
const SURENESS = 1e-15

/**
 * Brier score: mean squared distance of probabilities from what came, 0 at best. Calling everything by the share p of
 * positives gets p (1 - p): 0.25 for even classes.
 *
 * @example
 * brierScore([0.9, 0.2], [1, 0]) // 0.025
 *
 * Source: Brier, Monthly Weather Review 78(1), 1950.
 */
export function brierScore(
  probabilities: ArrayLike<number>,
  targets: ArrayLike<number>,
  weights?: ArrayLike<number>,
): number {
  return weightedMean(probabilities, targets, weights, (p, target) => (p - target) ** 2)
}

/**
 * Mean logarithmic loss in nats, 0 at best; ln 2 for a coin. A wrong probability of 0 or 1 costs 34.5 and no more.
 *
 * @example
 * logLoss([0.9, 0.2], [1, 0]) // 0.164252033486018
 */
export function logLoss(
  probabilities: ArrayLike<number>,
  targets: ArrayLike<number>,
  weights?: ArrayLike<number>,
): number {
  return weightedMean(probabilities, targets, weights, (p, target) =>
    target === 1 ? -Math.log(Math.max(SURENESS, p)) : -Math.log(Math.max(SURENESS, 1 - p)),
  )
}

/** Throws a RangeError unless every value is a probability. */
export function assertProbabilities(probabilities: ArrayLike<number>): void {
  for (let i = 0; i < probabilities.length; i++) {
    if (!(probabilities[i] >= 0 && probabilities[i] <= 1)) {
      throw new RangeError(`${probabilities[i]} of row ${i} is not a probability`)
    }
  }
}

function weightedMean(
  probabilities: ArrayLike<number>,
  targets: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
  cost: (probability: number, target: number) => number,
): number {
  assertMeasurable(probabilities, targets, weights)
  assertProbabilities(probabilities)
  let sum = 0
  let total = 0
  for (let i = 0; i < probabilities.length; i++) {
    const weight = weights === undefined ? 1 : weights[i]
    sum += weight * cost(probabilities[i], targets[i])
    total += weight
  }
  return sum / total
}
