import { balancedLine } from '../../metrics/balanced-line.ts'
import { rankScores } from '../../metrics/ranked-scores.ts'
import type { FeatureMatrix } from '../../models/matrix.ts'
import type { OnlineLearner, Scorer } from '../../models/model.ts'

/** The first rows of a stream, with all their labels: what every arm begins with. */
export interface WarmUp {
  readonly matrix: FeatureMatrix
  readonly y: Float64Array
}

/** Even odds by the training prior: the line where warm-up has not both classes. */
const EVEN_ODDS = 0

/** A model and the line with the best balanced accuracy. */
export interface Lined<M extends Scorer = Scorer> {
  readonly model: M
  readonly line: number
}

/** The line of a model that was trained elsewhere, drawn on the rows of the warm-up. */
export function lined<M extends Scorer>(model: M, { matrix, y }: WarmUp): Lined<M> {
  const scores = Float64Array.from(y, (_, row) => model.scoreOne(matrix.values, row * matrix.columns))
  return { model, line: lineOf(scores, y) ?? EVEN_ODDS }
}

/**
 * Teaches a learner the warm-up, row by row. Its line is drawn on rows that were scored before they were learned, so that
 * it is not drawn on what the learner knows by heart: on the second half, or on all where that half is of one class.
 */
export function warmedUp<M extends OnlineLearner>(learner: M, { matrix, y }: WarmUp): Lined<M> {
  const scores = new Float64Array(y.length)
  for (let row = 0; row < y.length; row++) {
    const at = row * matrix.columns
    scores[row] = learner.scoreOne(matrix.values, at)
    learner.learnOne(matrix.values, at, y[row], 1)
  }
  const half = Math.floor(y.length / 2)
  return { model: learner, line: lineOf(scores.subarray(half), y.subarray(half)) ?? lineOf(scores, y) ?? EVEN_ODDS }
}

/** The best line of these rows; undefined where they do not hold both classes. */
function lineOf(scores: Float64Array, y: Float64Array): number | undefined {
  return scores.length === 0 ? undefined : balancedLine(rankScores(scores, y))
}
