import { tableOf } from '../datasets/table.ts'
import { isScorer } from '../models/model.ts'
import type { ModelFile } from '../models/model-file.ts'
import { EXIT, ExitError } from './exit.ts'
import { loadLabelled, oneSet } from './labelled-data.ts'

/** How a model does on labelled rows, and what is right by saying the commoner class always. */
export interface JudgedOnTable {
  readonly rows: number
  readonly right: number
  readonly majority: number
}

/** Judges a model on labelled inputs by its own line, or at even odds where it has none. */
export async function judgeOnTable(
  { model, thresholds }: ModelFile,
  inputs: readonly string[],
): Promise<JudgedOnTable> {
  const { sets } = await loadLabelled(inputs, { profile: 'query' })
  const { matrix, y } = tableOf(oneSet(sets, undefined), { arm: 'answers', texts: false })
  if (!isScorer(model) || matrix.names.join() !== model.featureNames.join()) {
    throw new ExitError(
      EXIT.configuration,
      'The model reads other features than the labelled rows have: judge it on rows of its kind.',
    )
  }
  const line = thresholds[0]?.value ?? 0
  let right = 0
  let positives = 0
  for (let row = 0; row < matrix.rows; row++) {
    positives += y[row]
    if (model.scoreOne(matrix.values, row * matrix.columns) > line === (y[row] === 1)) right++
  }
  return { rows: matrix.rows, right, majority: Math.max(positives, matrix.rows - positives) }
}
