import { createRandom, randomInteger } from '../../stats/random.ts'
import { drawOf, type GroupKeys } from './group-keys.ts'

/** Rows to learn from and rows to be judged on, by index, rising. */
export interface Split {
  readonly train: Int32Array
  readonly test: Int32Array
}

/** A split that would flatter whatever is measured on it, or cannot be made. One sentence for an operator. */
export class SplitError extends Error {
  override readonly name = 'SplitError'
}

/**
 * Puts whole groups to the test side, each with the chance `testShare`, by a hash of its key and the seed. A group's
 * side does not depend on what other groups there are, so data that grows keeps its split. With few groups the share
 * of rows may be far from `testShare`; then take a fold of `stratifiedFolds`.
 */
export function groupedSplit(keys: GroupKeys, testShare: number, seed: number): Split {
  const split = splitBy(keys.length, (row) => drawOf(keys[row], seed) < testShare * 2 ** 32)
  const empty = split.test.length === 0 ? 'test' : split.train.length === 0 ? 'training' : undefined
  if (empty) throw new SplitError(`No group fell to the ${empty} part; take another seed or share, or more groups.`)
  return split
}

/**
 * Draws rows to the test side whatever their group: for comparing with results that were measured so. Copies of a row
 * and queries of one tunnel then stand on both sides, and what is measured is partly memory.
 */
export function randomSplit(rows: number, testShare: number, seed: number): Split {
  const random = createRandom(seed)
  const order = Int32Array.from({ length: rows }, (_, row) => row)
  const wanted = Math.round(rows * testShare)
  const isTest = new Uint8Array(rows)
  for (let i = 0; i < wanted; i++) {
    const pick = i + randomInteger(random, rows - i)
    ;[order[i], order[pick]] = [order[pick], order[i]]
    isTest[order[i]] = 1
  }
  return splitBy(rows, (row) => isTest[row] === 1)
}

/** The split in which one fold is the test part. */
export function splitOfFold(folds: Uint16Array, fold: number): Split {
  return splitBy(folds.length, (row) => folds[row] === fold)
}

/** Throws a {@link SplitError} if any group has rows on both sides. */
export function assertGroupsApart(split: Split, groups: ArrayLike<string> | ArrayLike<number>): void {
  const trained = new Set<string | number>()
  for (const row of split.train) trained.add(groups[row])
  for (const row of split.test) {
    if (!trained.has(groups[row])) continue
    throw new SplitError(`The group "${groups[row]}" has rows on both sides of the split; put it on one side.`)
  }
}

function splitBy(rows: number, isTest: (row: number) => boolean): Split {
  const train = new Int32Array(rows)
  const test = new Int32Array(rows)
  let [trained, tested] = [0, 0]
  for (let row = 0; row < rows; row++) {
    if (isTest(row)) test[tested++] = row
    else train[trained++] = row
  }
  return { train: train.slice(0, trained), test: test.slice(0, tested) }
}
