import type { RankedScores } from './ranked-scores.ts'

/**
 * The line with the best balanced accuracy on these very rows, the highest of those that are even; on others expect a
 * bit less. Unlike even odds it does not depend on how common attacks were in training. Undefined without both classes.
 *
 * @example
 * balancedLine(rankScores([0.9, 0.8, 0.7, 0.1], [1, 0, 1, 0])) // 0.9: half of the attacks, no false alarm
 */
export function balancedLine(ranked: RankedScores): number | undefined {
  const { thresholds, truePositives, falsePositives, positives, negatives } = ranked
  if (!(positives > 0 && negatives > 0)) return undefined
  let [best, at] = [-Infinity, 0]
  for (let cut = 0; cut < thresholds.length; cut++) {
    const lead = truePositives[cut] / positives - falsePositives[cut] / negatives
    if (lead > best) [best, at] = [lead, cut]
  }
  return thresholds[at]
}
