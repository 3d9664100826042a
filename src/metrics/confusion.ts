import { assertMeasurable } from './ranked-scores.ts'

/** Rows (or their weight) by what they are and what they were called; positive is the suspicious class. */
export interface Confusion {
  readonly truePositives: number
  readonly falsePositives: number
  readonly trueNegatives: number
  readonly falseNegatives: number
}

/**
 * Counts what calling positive every score at or above `threshold` gets right and wrong.
 *
 * @example
 * confusionAt([0.9, 0.4, 0.4, 0.1], [1, 1, 0, 0], 0.5)
 * // { truePositives: 1, falsePositives: 0, trueNegatives: 2, falseNegatives: 1 }
 */
export function confusionAt(
  scores: ArrayLike<number>,
  targets: ArrayLike<number>,
  threshold: number,
  weights?: ArrayLike<number>,
): Confusion {
  assertMeasurable(scores, targets, weights)
  let [truePositives, falsePositives, trueNegatives, falseNegatives] = [0, 0, 0, 0]
  for (let i = 0; i < scores.length; i++) {
    const weight = weights === undefined ? 1 : weights[i]
    if (scores[i] >= threshold) {
      if (targets[i] === 1) truePositives += weight
      else falsePositives += weight
    } else if (targets[i] === 1) falseNegatives += weight
    else trueNegatives += weight
  }
  return { truePositives, falsePositives, trueNegatives, falseNegatives }
}

/** Counts what a rule that says yes or no of each row gets right and wrong, on `rows` alone or on all of `targets`. */
export function confusionOf(
  targets: ArrayLike<number>,
  flags: (row: number) => boolean,
  rows?: ArrayLike<number>,
): Confusion {
  let [truePositives, falsePositives, trueNegatives, falseNegatives] = [0, 0, 0, 0]
  const count = rows?.length ?? targets.length
  for (let i = 0; i < count; i++) {
    const row = rows === undefined ? i : rows[i]
    if (flags(row)) {
      if (targets[row] === 1) truePositives++
      else falsePositives++
    } else if (targets[row] === 1) falseNegatives++
    else trueNegatives++
  }
  return { truePositives, falsePositives, trueNegatives, falseNegatives }
}

/** Shares read off a confusion matrix. NaN where there is nothing to take a share of. */
export interface ConfusionRates {
  /** Of what was called positive, what is. */
  readonly precision: number
  /** Of the positives, those found. */
  readonly recall: number
  /** Harmonic mean of precision and recall. */
  readonly f1: number
  readonly falsePositiveRate: number
  /** Of the negatives, those left alone. */
  readonly specificity: number
  /** Mean of recall and specificity: 0.5 for a guess, however rare positives are. */
  readonly balancedAccuracy: number
  readonly accuracy: number
  /** What calling everything the commoner class would get: the accuracy to beat. */
  readonly majorityAccuracy: number
}

/**
 * The usual rates of a confusion matrix, from one place so that no two reports differ.
 *
 * @example
 * confusionRates({ truePositives: 6, falsePositives: 2, trueNegatives: 88, falseNegatives: 4 })
 * // precision 0.75, recall 0.6, f1 0.6667, accuracy 0.94 where the majority gets 0.9
 */
export function confusionRates(confusion: Confusion): ConfusionRates {
  const { truePositives, falsePositives, trueNegatives, falseNegatives } = confusion
  const positives = truePositives + falseNegatives
  const negatives = falsePositives + trueNegatives
  const recall = truePositives / positives
  const specificity = trueNegatives / negatives
  return {
    precision: truePositives / (truePositives + falsePositives),
    recall,
    f1: (2 * truePositives) / (2 * truePositives + falsePositives + falseNegatives),
    falsePositiveRate: falsePositives / negatives,
    specificity,
    balancedAccuracy: (recall + specificity) / 2,
    accuracy: (truePositives + trueNegatives) / (positives + negatives),
    majorityAccuracy: Math.max(positives, negatives) / (positives + negatives),
  }
}
