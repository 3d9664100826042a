import { risingOrder } from '../stats/rising-order.ts'

/**
 * Scores and what they were to find, sorted once: one cut a distinct score, from the highest down. Cut `i` calls
 * positive whatever scores `thresholds[i]` or more. Every curve and area is read off this.
 */
export interface RankedScores {
  readonly rows: number
  readonly weighted: boolean
  /** Weight of all positives and of all negatives; their counts where no weights were given. */
  readonly positives: number
  readonly negatives: number
  /** Distinct scores, falling. */
  readonly thresholds: Float64Array
  /** Weight of the positives and of the negatives at or above each threshold. */
  readonly truePositives: Float64Array
  readonly falsePositives: Float64Array
}

/**
 * Sorts `scores` (higher is more suspicious) with their targets, 0 or 1. Throws a RangeError for what cannot be
 * measured: no rows, lengths that differ, a score that is NaN, another target, a weight below zero. One sort, about
 * 0.3 s for a million rows.
 *
 * @example
 * rankScores([0.9, 0.4, 0.4, 0.1], [1, 1, 0, 0]).thresholds // 0.9, 0.4, 0.1
 */
export function rankScores(
  scores: ArrayLike<number>,
  targets: ArrayLike<number>,
  weights?: ArrayLike<number>,
): RankedScores {
  assertMeasurable(scores, targets, weights)
  const rows = scores.length
  const order = risingOrder(scores)
  const thresholds = new Float64Array(rows)
  const truePositives = new Float64Array(rows)
  const falsePositives = new Float64Array(rows)
  let [cuts, positives, negatives] = [0, 0, 0]
  for (let i = rows - 1; i >= 0; i--) {
    const row = order[i]
    const weight = weights === undefined ? 1 : weights[row]
    if (targets[row] === 1) positives += weight
    else negatives += weight
    if (i > 0 && scores[order[i - 1]] === scores[row]) continue
    thresholds[cuts] = scores[row]
    truePositives[cuts] = positives
    falsePositives[cuts] = negatives
    cuts++
  }
  return {
    rows,
    weighted: weights !== undefined,
    positives,
    negatives,
    thresholds: thresholds.slice(0, cuts),
    truePositives: truePositives.slice(0, cuts),
    falsePositives: falsePositives.slice(0, cuts),
  }
}

/** Throws a RangeError where scores, targets and weights do not fit together. */
export function assertMeasurable(
  scores: ArrayLike<number>,
  targets: ArrayLike<number>,
  weights?: ArrayLike<number>,
): void {
  const rows = scores.length
  if (rows === 0) throw new RangeError('no rows to measure')
  if (targets.length !== rows) throw new RangeError(`${targets.length} targets for ${rows} scores`)
  if (weights !== undefined && weights.length !== rows) throw new RangeError(`${weights.length} weights, ${rows} rows`)
  for (let i = 0; i < rows; i++) {
    if (Number.isNaN(scores[i])) throw new RangeError(`the score of row ${i} is no number`)
    if (targets[i] !== 0 && targets[i] !== 1) throw new RangeError(`target ${targets[i]} of row ${i} is not 0 or 1`)
    if (weights !== undefined && !(weights[i] >= 0 && weights[i] < Infinity)) {
      throw new RangeError(`weight ${weights[i]} of row ${i} is negative or no number`)
    }
  }
}
