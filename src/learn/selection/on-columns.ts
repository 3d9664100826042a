import { crossValidate, type FoldMetrics } from '../cross-validate.ts'
import type { Examples } from '../examples.ts'
import { trainingFolds } from '../folds/training-folds.ts'
import { selectColumns } from '../preparation/prepare.ts'
import type { SelectionContext } from './selector.ts'

/**
 * A function that says how well the model does on some of the columns alone, by folds of whole groups. The folds are
 * the same for every set of columns, so that their metrics compare; so are the groups, which were made of whole rows.
 */
export function measureOnColumns(
  examples: Examples,
  { fit, metric, folds, seed }: SelectionContext,
): (columns: ArrayLike<number>) => FoldMetrics {
  const foldOf = trainingFolds(examples, folds, seed)
  return (columns) => {
    const narrow = { ...examples, matrix: selectColumns(examples.matrix, columns) }
    return crossValidate(narrow, fit, metric, foldOf, seed)
  }
}
