import type { FeatureMatrix } from '../models/matrix.ts'
import type { ExplainingScorer, Scorer } from '../models/model.ts'
import type { Examples } from './examples.ts'

/**
 * Trains a scorer. Whoever hands one on hands it the training part only, so that whatever happens inside (scaling,
 * selecting, rebalancing) never sees a row it will be judged on.
 */
export type Fit = (examples: Examples, seed: number) => ExplainingScorer

/** Told after each pass of what learns in passes: the mean loss, and that of the rows held out where there are any. */
export type PassWatcher = (pass: number, of: number, loss: number, heldLoss: number | undefined) => void

/** The margins of all rows. */
export function scoreRows(scorer: Scorer, { rows, columns, values }: FeatureMatrix): Float64Array {
  const margins = new Float64Array(rows)
  for (let row = 0; row < rows; row++) margins[row] = scorer.scoreOne(values, row * columns)
  return margins
}
