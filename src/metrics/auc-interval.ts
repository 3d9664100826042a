import type { RankedScores } from './ranked-scores.ts'
import { areaUnderRoc } from './roc.ts'

/** Two-sided 95 % point of the normal distribution. */
const Z95 = 1.959963984540054

/**
 * 95 % bounds on the area under the ROC curve, as other rows of the same kind would give it. Rows that are not
 * independent (queries of one tunnel) make it too narrow, and at an area of exactly 0 or 1 it shrinks to a point.
 * For counts, not weights; NaN where a class has fewer than two rows.
 *
 * @example
 * aucInterval(rankScores([6, 5, 4, 3, 2, 1], [1, 1, 0, 1, 0, 0])) // { lower: 0.5809..., upper: 1 }
 *
 * Source: DeLong, DeLong and Clarke-Pearson, Biometrics 44(3), 1988, for one curve; by ranks as in Sun and Xu, 2014.
 */
export function aucInterval(ranked: RankedScores): { lower: number; upper: number } {
  const { truePositives, falsePositives, positives, negatives } = ranked
  const area = areaUnderRoc(ranked)
  // Squared distances from the area of each positive's share of negatives below it, and the reverse.
  let [ofPositives, ofNegatives, above, below] = [0, 0, 0, 0]
  for (let cut = 0; cut < truePositives.length; cut++) {
    const up = truePositives[cut] - above
    const down = falsePositives[cut] - below
    ofPositives += up * ((negatives - below - down / 2) / negatives - area) ** 2
    ofNegatives += down * ((above + up / 2) / positives - area) ** 2
    above = truePositives[cut]
    below = falsePositives[cut]
  }
  const variance = ofPositives / (positives - 1) / positives + ofNegatives / (negatives - 1) / negatives
  const reach = Z95 * Math.sqrt(variance)
  return { lower: Math.max(0, area - reach), upper: Math.min(1, area + reach) }
}
