import type { RankedScores } from './ranked-scores.ts'

/** Points of the ROC curve, from (0, 0) to (1, 1): the origin, then one a cut. */
export interface RocCurve {
  readonly falsePositiveRates: Float64Array
  readonly recalls: Float64Array
}

/** The ROC curve. Rates over a class that is absent are NaN. */
export function rocCurve(ranked: RankedScores): RocCurve {
  const { truePositives, falsePositives, positives, negatives } = ranked
  return {
    falsePositiveRates: sharesBehindOrigin(falsePositives, negatives),
    recalls: sharesBehindOrigin(truePositives, positives),
  }
}

function sharesBehindOrigin(sums: Float64Array, total: number): Float64Array {
  const shares = new Float64Array(sums.length + 1)
  for (let cut = 0; cut < sums.length; cut++) shares[cut + 1] = sums[cut] / total
  return shares
}

/**
 * Area under the ROC curve: the chance that a positive scores above a negative, a tie counting half. It does not depend
 * on how rare positives are, which is also why it flatters a detector of rare things: read it beside the recall at a
 * false-positive rate. NaN where a class is absent. Exact for counts.
 *
 * @example
 * areaUnderRoc(rankScores([0.9, 0.4, 0.4, 0.1], [1, 1, 0, 0])) // 0.875
 *
 * Source: Hanley and McNeil, Radiology 143(1), 1982.
 */
export function areaUnderRoc({ truePositives, falsePositives, positives, negatives }: RankedScores): number {
  let pairs = 0
  let above = 0
  let below = 0
  for (let cut = 0; cut < truePositives.length; cut++) {
    const up = truePositives[cut] - above
    const down = falsePositives[cut] - below
    above = truePositives[cut]
    below = falsePositives[cut]
    pairs += down * (above - up / 2)
  }
  return pairs / (positives * negatives)
}
