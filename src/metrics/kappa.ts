import type { Confusion } from './confusion.ts'

/**
 * Cohen's kappa: how far the agreement of what rows were called with what they are goes past what two strangers with the
 * same habits would reach by chance. 1 is always right, 0 no better than chance, below 0 worse. NaN without rows, and
 * where chance is always right: all rows are of one class and were called so.
 *
 * @example
 * kappa({ truePositives: 20, falsePositives: 5, falseNegatives: 10, trueNegatives: 15 }) // 0.4
 *
 * Source: Cohen, A coefficient of agreement for nominal scales, 1960.
 */
export function kappa({ truePositives, falsePositives, trueNegatives, falseNegatives }: Confusion): number {
  const all = truePositives + falsePositives + trueNegatives + falseNegatives
  const bothPositive = (truePositives + falsePositives) * (truePositives + falseNegatives)
  const bothNegative = (trueNegatives + falseNegatives) * (trueNegatives + falsePositives)
  return pastReference((truePositives + trueNegatives) / all, (bothPositive + bothNegative) / (all * all))
}

/**
 * Kappa against the classifier that repeats the label of the row before: what a stream in which labels come in runs
 * gives away for nothing. A plain kappa does not see it. NaN where that classifier is always right.
 *
 * @example
 * kappaTemporal(0.9, 0.8) // 0.5: half of what no change gets wrong
 *
 * Source: Žliobaitė, Bifet, Read, Pfahringer and Holmes, Evaluation methods and decision theory for classification of
 * streaming data with temporal dependence, Machine Learning 98, 2015.
 */
export function kappaTemporal(accuracy: number, noChangeAccuracy: number): number {
  return pastReference(accuracy, noChangeAccuracy)
}

function pastReference(reached: number, reference: number): number {
  return reference === 1 ? Number.NaN : (reached - reference) / (1 - reference)
}
