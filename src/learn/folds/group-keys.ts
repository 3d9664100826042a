import type { FeatureMatrix } from '../../models/matrix.ts'
import { hashed, hashWords, mix } from '../../stats/hash.ts'
import { textCode } from '../../stats/text-code.ts'

const SEED = 0

/**
 * One number a row that says which rows must stand on one side of a split: equal keys, same group. A key follows from
 * the group alone, never from where it stood, so that shuffling a file moves no row to the other side.
 */
export type GroupKeys = Float64Array

/** Keys of a column of group names or numbers. */
export function groupKeys(groups: ArrayLike<string> | ArrayLike<number>): GroupKeys {
  const keys = new Float64Array(groups.length)
  const known = new Map<string, number>()
  for (let row = 0; row < keys.length; row++) {
    const group = groups[row]
    if (typeof group === 'number') {
      if (Number.isNaN(group)) throw new RangeError(`row ${row} has no group`)
      keys[row] = group
      continue
    }
    let code = known.get(group)
    if (code === undefined) {
      code = textCode(group)
      known.set(group, code)
    }
    keys[row] = code
  }
  return keys
}

/**
 * Keys under which exact copies of a row are one group: hashes of what the rows hold. Two different rows share a key
 * about never, and would then merely stay together. Missing values equal each other, and -0 equals 0.
 *
 * @example
 * const keys = duplicateGroups(matrixOf(['a'], [[1], [2], [1]]))
 * keys[0] === keys[2] // true
 */
export function duplicateGroups({ rows, columns, values }: FeatureMatrix): GroupKeys {
  const keys = new Float64Array(rows)
  const row = new Float64Array(columns)
  const octets = new Uint8Array(row.buffer)
  for (let i = 0; i < rows; i++) {
    for (let column = 0; column < columns; column++) {
      const value = values[i * columns + column]
      row[column] = Number.isNaN(value) ? Number.NaN : value + 0
    }
    hashWords(octets, 0, octets.length, SEED, false)
    keys[i] = hashed.lo + (hashed.hi & 0xfffff) * 2 ** 32
  }
  return keys
}

/**
 * Keys under which rows stand together if `a` or `b` says so, directly or through others: a group that shares a copied
 * row with another is one with it. On data where most rows are copies this can leave few groups, or one.
 */
export function joinGroups(a: GroupKeys, b: GroupKeys): GroupKeys {
  const parents = Uint32Array.from(a, (_, row) => row)
  for (const keys of [a, b]) {
    const first = new Map<number, number>()
    for (let row = 0; row < keys.length; row++) {
      const other = first.get(keys[row])
      if (other === undefined) first.set(keys[row], row)
      else parents[rootOf(parents, row)] = rootOf(parents, other)
    }
  }
  // The smallest key of `a` inside names the joined group: no other holds it, and row order does not choose it.
  const smallest = new Float64Array(a.length).fill(Infinity)
  for (let row = 0; row < a.length; row++) {
    const root = rootOf(parents, row)
    smallest[root] = Math.min(smallest[root], a[row])
  }
  return a.map((_, row) => smallest[rootOf(parents, row)])
}

function rootOf(parents: Uint32Array, row: number): number {
  while (parents[row] !== row) {
    parents[row] = parents[parents[row]]
    row = parents[row]
  }
  return row
}

const double = new Float64Array(1)
const words = new Uint32Array(double.buffer)

/** 32 bits for a key and a seed: where a group goes when chance decides. */
export function drawOf(key: number, seed: number): number {
  double[0] = key + 0
  return mix(mix(seed, words[0]), words[1])
}
