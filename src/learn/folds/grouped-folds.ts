import { drawOf, type GroupKeys } from './group-keys.ts'
import { SplitError } from './split.ts'

/**
 * A fold for every row, by a hash of its group and the seed: a group's fold never changes as others come and go. Folds
 * are even only where groups are many; one may be empty.
 */
export function hashedFolds(keys: GroupKeys, folds: number, seed: number): Uint16Array {
  return Uint16Array.from(keys, (key) => drawOf(key, seed) % folds)
}

interface Group {
  readonly key: number
  positives: number
  negatives: number
}

/**
 * A fold for every row, whole groups only, with positives and negatives dealt out as evenly as groups allow: largest
 * group first, each to the fold that has least of what the group holds. For few groups, where hashing would leave a
 * fold without positives. `y` holds 0 and 1. The order of rows changes nothing; another group may move others.
 *
 * Source: the greedy rule of scikit-learn's StratifiedGroupKFold, with another measure of unevenness.
 */
export function stratifiedFolds(keys: GroupKeys, y: ArrayLike<number>, folds: number, seed: number): Uint16Array {
  const groups = countGroups(keys, y)
  if (groups.length < folds) {
    const are = groups.length === 1 ? 'is 1 group' : `are ${groups.length} groups`
    throw new SplitError(`There ${are} of rows, too few for ${folds} folds; take fewer folds or finer groups.`)
  }
  const sizeOf = (group: Group) => group.positives + group.negatives
  groups.sort((a, b) => sizeOf(b) - sizeOf(a) || drawOf(a.key, seed) - drawOf(b.key, seed) || a.key - b.key)
  const positives = Math.max(
    1,
    sum(groups, (group) => group.positives),
  )
  const negatives = Math.max(
    1,
    sum(groups, (group) => group.negatives),
  )
  const held = Array.from({ length: folds }, () => ({ positives: 0, negatives: 0 }))
  const foldOf = new Map<number, number>()
  for (const group of groups) {
    // How much the squared shares of the classes would grow, but for what is the same in every fold.
    const growth = (fold: number) =>
      (held[fold].positives * group.positives) / positives ** 2 +
      (held[fold].negatives * group.negatives) / negatives ** 2
    const rowsIn = (fold: number) => held[fold].positives + held[fold].negatives
    let best = 0
    for (let fold = 1; fold < folds; fold++) {
      if ((growth(fold) - growth(best) || rowsIn(fold) - rowsIn(best)) < 0) best = fold
    }
    held[best].positives += group.positives
    held[best].negatives += group.negatives
    foldOf.set(group.key, best)
  }
  return Uint16Array.from(keys, (key) => foldOf.get(key)!)
}

function countGroups(keys: GroupKeys, y: ArrayLike<number>): Group[] {
  const groups = new Map<number, Group>()
  for (let row = 0; row < keys.length; row++) {
    let group = groups.get(keys[row])
    if (group === undefined) {
      group = { key: keys[row], positives: 0, negatives: 0 }
      groups.set(keys[row], group)
    }
    if (y[row] > 0.5) group.positives++
    else group.negatives++
  }
  return [...groups.values()]
}

function sum(groups: readonly Group[], of: (group: Group) => number): number {
  return groups.reduce((total, group) => total + of(group), 0)
}
