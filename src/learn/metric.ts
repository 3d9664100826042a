import { confusionAt, confusionRates } from '../metrics/confusion.ts'
import { averagePrecision } from '../metrics/precision-recall.ts'
import { rankScores } from '../metrics/ranked-scores.ts'
import { areaUnderRoc } from '../metrics/roc.ts'

/** What is to be made large: a number for margins and their targets; NaN where they cannot tell. */
export interface Metric {
  /** As a command line names it. */
  readonly name: string
  measure(margins: ArrayLike<number>, y: ArrayLike<number>): number
}

export const rocAuc: Metric = { name: 'roc-auc', measure: (margins, y) => areaUnderRoc(rankScores(margins, y)) }
export const prAuc: Metric = { name: 'pr-auc', measure: (margins, y) => averagePrecision(rankScores(margins, y)) }

/** Recall, F1 and balanced accuracy draw the line at margin 0: even odds, by the training prior. */
export const recall: Metric = { name: 'recall', measure: (margins, y) => ratesOf(margins, y).recall }
export const f1: Metric = { name: 'f1', measure: (margins, y) => ratesOf(margins, y).f1 }
export const balancedAccuracy: Metric = {
  name: 'balanced-accuracy',
  measure: (margins, y) => ratesOf(margins, y).balancedAccuracy,
}

/** Every metric that selection and tuning may be told to follow. */
export const metrics: readonly Metric[] = [rocAuc, prAuc, recall, f1, balancedAccuracy]

function ratesOf(margins: ArrayLike<number>, y: ArrayLike<number>) {
  return confusionRates(confusionAt(margins, y, 0))
}
