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
