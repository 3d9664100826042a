import type { Examples } from '../examples.ts'
import { stratifiedFolds } from './grouped-folds.ts'
import { SplitError } from './split.ts'

/**
 * Stratified folds that can be trained on: without any one of them, rows of both classes are left. Throws a
 * {@link SplitError} where a class stands in one fold: what was trained without that fold would know the other class only,
 * and its margins would be taken for results.
 */
export function trainingFolds({ groups, y }: Pick<Examples, 'groups' | 'y'>, folds: number, seed: number): Uint16Array {
  const foldOf = stratifiedFolds(groups, y, folds, seed)
  for (const target of [0, 1]) {
    const first = y.indexOf(target)
    if (y.every((value, row) => value !== target || foldOf[row] === foldOf[first])) {
      throw new SplitError(
        `The rows of class ${target} (1 is attack) are missing or belong to one group, so none can be held out for those that train: name rows of more groups, such as captures or domains.`,
      )
    }
  }
  return foldOf
}
