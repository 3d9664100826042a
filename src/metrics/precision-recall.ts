import type { RankedScores } from './ranked-scores.ts'

/** Points of the precision-recall curve, one a cut, recall rising. */
export interface PrecisionRecallCurve {
  readonly precisions: Float64Array
  readonly recalls: Float64Array
}

/** The precision-recall curve; recalls are NaN where there are no positives. */
export function precisionRecallCurve(ranked: RankedScores): PrecisionRecallCurve {
  const { truePositives, falsePositives, positives } = ranked
  return {
    precisions: truePositives.map((hits, cut) => hits / (hits + falsePositives[cut])),
    recalls: truePositives.map((hits) => hits / positives),
  }
}

/**
 * Area under the precision-recall curve as average precision: each step of recall at the precision it was reached
 * with. Straight lines between points would promise what no threshold gives. A scorer that guesses gets the share of
 * positives, so it is read beside that. NaN without positives.
 *
 * @example
 * averagePrecision(rankScores([0.9, 0.4, 0.4, 0.1], [1, 1, 0, 0])) // 0.8333333333333333
 *
 * Source: Davis and Goadrich, The relationship between precision-recall and ROC curves, ICML 2006.
 */
export function averagePrecision({ truePositives, falsePositives, positives }: RankedScores): number {
  let sum = 0
  let reached = 0
  for (let cut = 0; cut < truePositives.length; cut++) {
    const hits = truePositives[cut]
    if (hits === reached) continue
    sum += (hits - reached) * (hits / (hits + falsePositives[cut]))
    reached = hits
  }
  return sum / positives
}
