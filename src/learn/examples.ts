import { assertTrainable, type FeatureMatrix, selectRows } from '../models/matrix.ts'
import { duplicateGroups, type GroupKeys, groupKeys, joinGroups } from './folds/group-keys.ts'

/** Rows to learn from: features, targets (0 or 1), and which rows belong together. */
export interface Examples {
  readonly matrix: FeatureMatrix
  readonly y: Float64Array
  readonly groups: GroupKeys
  readonly weights?: Float64Array
}

/**
 * Examples whose groups are those of `groups` (a capture, a registered domain) joined with exact copies of rows, so
 * that no split of them by group has a row and its copy on two sides. Throws a RangeError where the parts do not fit.
 */
export function createExamples(
  matrix: FeatureMatrix,
  y: ArrayLike<number>,
  groups?: ArrayLike<string> | ArrayLike<number>,
  weights?: ArrayLike<number>,
): Examples {
  assertTrainable(matrix, y, weights)
  for (let row = 0; row < y.length; row++) {
    if (y[row] !== 0 && y[row] !== 1) throw new RangeError(`target ${y[row]} of row ${row} is not 0 or 1`)
  }
  if (groups !== undefined && groups.length !== matrix.rows) {
    throw new RangeError(`${groups.length} groups for ${matrix.rows} rows`)
  }
  const copies = duplicateGroups(matrix)
  const keys = groups === undefined ? copies : joinGroups(groupKeys(groups), copies)
  const examples = { matrix, y: Float64Array.from(y), groups: keys }
  return weights === undefined ? examples : { ...examples, weights: Float64Array.from(weights) }
}

/** The examples at `rows`, copied, in that order; a row may come twice. */
export function selectExamples(examples: Examples, rows: ArrayLike<number>): Examples {
  const pick = (column: Float64Array) => Float64Array.from(rows, (row) => column[row])
  const picked = { matrix: selectRows(examples.matrix, rows), y: pick(examples.y), groups: pick(examples.groups) }
  return examples.weights === undefined ? picked : { ...picked, weights: pick(examples.weights) }
}

/** How many of `rows` are positive. */
export function countPositives(y: ArrayLike<number>, rows: Int32Array): number {
  return rows.reduce((sum, row) => sum + y[row], 0)
}

/** Those of `rows` that share no group, and so no exact copy, with any of `others`. */
export function rowsApart(groups: GroupKeys, rows: Int32Array, others: Int32Array): Int32Array {
  const theirs = new Set<number>()
  for (const row of others) theirs.add(groups[row])
  return rows.filter((row) => !theirs.has(groups[row]))
}
