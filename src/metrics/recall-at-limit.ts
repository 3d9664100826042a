import { clopperPearson } from '../stats/clopper-pearson.ts'
import type { RankedScores } from './ranked-scores.ts'

/** What is found while false alarms stay within a limit, and how much the rows can tell about it. */
export interface RecallAtLimit {
  /** Highest false-positive rate allowed. */
  readonly limit: number
  /** Lowest score that keeps to it; Infinity where no score does. */
  readonly threshold: number
  readonly recall: number
  readonly recallBounds: { readonly lower: number; readonly upper: number }
  readonly falsePositiveRate: number
  readonly falsePositiveBounds: { readonly lower: number; readonly upper: number }
  readonly truePositives: number
  readonly falsePositives: number
  readonly positives: number
  readonly negatives: number
  /** False where there are fewer than 1 / limit negatives: a single false alarm would be past it, so none is not proof. */
  readonly canTell: boolean
}

/**
 * The recall at the lowest threshold whose false-positive rate is at most `limit`, with 95 % Clopper-Pearson bounds on
 * both rates. The threshold was picked on these very rows, so on others expect a rate around the limit, not below it.
 * Counts rows: `ranked` must be without weights. NaN recall without positives.
 *
 * @example
 * recallAtLimit(rankScores([0.9, 0.8, 0.7, 0.1], [1, 0, 1, 0]), 0.5)
 * // { threshold: 0.7, recall: 1, falsePositives: 1, negatives: 2, canTell: true, ... }
 */
export function recallAtLimit(ranked: RankedScores, limit: number): RecallAtLimit {
  const { thresholds, positives, negatives } = ranked
  if (ranked.weighted) throw new RangeError('bounds on rates are for counts, not weights')
  // A rate of exactly the limit is allowed, and limit * negatives may fall a bit short of a whole number.
  const allowed = Math.floor(limit * negatives + 1e-9)
  let cut = -1
  while (cut + 1 < thresholds.length && ranked.falsePositives[cut + 1] <= allowed) cut++
  const truePositives = cut < 0 ? 0 : ranked.truePositives[cut]
  const falsePositives = cut < 0 ? 0 : ranked.falsePositives[cut]
  return {
    limit,
    threshold: cut < 0 ? Infinity : thresholds[cut],
    recall: truePositives / positives,
    recallBounds: clopperPearson(truePositives, positives),
    falsePositiveRate: falsePositives / negatives,
    falsePositiveBounds: clopperPearson(falsePositives, negatives),
    truePositives,
    falsePositives,
    positives,
    negatives,
    canTell: allowed >= 1,
  }
}
