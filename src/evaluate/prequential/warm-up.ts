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
  return { model, line: lineOf(scores, y) }
}

/**
 * Teaches a learner the warm-up, row by row. Its line is drawn on the second half, each row scored before it was learned,
 * so that it is not drawn on what the learner knows by heart.
 */
export function warmedUp<M extends OnlineLearner>(learner: M, { matrix, y }: WarmUp): Lined<M> {
  const half = Math.floor(y.length / 2)
  const scores = new Float64Array(y.length - half)
  for (let row = 0; row < y.length; row++) {
    const at = row * matrix.columns
    if (row >= half) scores[row - half] = learner.scoreOne(matrix.values, at)
    learner.learnOne(matrix.values, at, y[row], 1)
  }
  return { model: learner, line: lineOf(scores, y.subarray(half)) }
}

function lineOf(scores: Float64Array, y: Float64Array): number {
  return scores.length === 0 ? EVEN_ODDS : (balancedLine(rankScores(scores, y)) ?? EVEN_ODDS)
}
