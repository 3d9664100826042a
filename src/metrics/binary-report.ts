import { aucInterval } from './auc-interval.ts'
import { type Calibration, calibration } from './calibration.ts'
import { type Confusion, type ConfusionRates, confusionAt, confusionRates } from './confusion.ts'
import { averagePrecision } from './precision-recall.ts'
import { brierScore, logLoss } from './probability-scores.ts'
import { rankScores } from './ranked-scores.ts'
import { type RecallAtLimit, recallAtLimit } from './recall-at-limit.ts'
import { areaUnderRoc } from './roc.ts'

/** False-positive rates that every report speaks about. */
export const FALSE_POSITIVE_LIMITS: readonly number[] = [1e-3, 1e-4]

/** What a binary scorer is measured on. */
export interface BinaryScores {
  /** Higher is more suspicious; any scale. */
  readonly scores: ArrayLike<number>
  /** 0 or 1. */
  readonly targets: ArrayLike<number>
  /** At or above it a row is called positive; drawn on other rows than these. */
  readonly threshold: number
  readonly weights?: ArrayLike<number>
  /** The scores as probabilities, if the scorer gives any. */
  readonly probabilities?: ArrayLike<number>
}

/** How far probabilities mean what they say. */
export interface ProbabilityReport {
  readonly brier: number
  readonly logLoss: number
  readonly calibration: Calibration
}

/** All there is to say about a binary scorer on one set of rows. Accuracy never stands alone. */
export interface BinaryReport extends ConfusionRates {
  readonly rows: number
  readonly positives: number
  readonly negatives: number
  readonly rocAuc: number
  /** 95 %, by DeLong; for rows, without weights. */
  readonly rocAucBounds: { readonly lower: number; readonly upper: number }
  readonly prAuc: number
  /** One for each of {@link FALSE_POSITIVE_LIMITS}; for rows, without weights. */
  readonly atLimits: readonly RecallAtLimit[]
  readonly threshold: number
  readonly confusion: Confusion
  readonly probability?: ProbabilityReport
}

/**
 * Measures a scorer from every side at once. Weights move the areas, the confusion matrix and the losses; what is said
 * with bounds is about rows. NaN is where a class is absent or nothing was called positive.
 *
 * @example
 * binaryReport({ scores: [0.9, 0.8, 0.4, 0.1], targets: [1, 0, 1, 0], threshold: 0.5 }).rocAuc // 0.75
 */
export function binaryReport({ scores, targets, threshold, weights, probabilities }: BinaryScores): BinaryReport {
  const counted = rankScores(scores, targets)
  const weighed = weights === undefined ? counted : rankScores(scores, targets, weights)
  const confusion = confusionAt(scores, targets, threshold, weights)
  const report: BinaryReport = {
    rows: counted.rows,
    positives: counted.positives,
    negatives: counted.negatives,
    rocAuc: areaUnderRoc(weighed),
    rocAucBounds: aucInterval(counted),
    prAuc: averagePrecision(weighed),
    atLimits: FALSE_POSITIVE_LIMITS.map((limit) => recallAtLimit(counted, limit)),
    threshold,
    confusion,
    ...confusionRates(confusion),
  }
  if (probabilities === undefined) return report
  const probability = {
    brier: brierScore(probabilities, targets, weights),
    logLoss: logLoss(probabilities, targets, weights),
    calibration: calibration(probabilities, targets),
  }
  return { ...report, probability }
}
