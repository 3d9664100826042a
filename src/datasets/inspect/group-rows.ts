import { mix } from '../../stats/hash.ts'
import type { DataSet } from '../data-set.ts'

/** What besides the numbers makes two rows the same. */
export interface RowIdentity {
  readonly texts: boolean
  readonly time: boolean
  readonly label: boolean
}

/** Which rows are the same: `keyOf[row]` counts distinct rows from 0, in the order they first come. */
export interface RowGroups {
  readonly keyOf: Uint32Array
  readonly keys: number
}

const NAN_WORD = 0x7ff80000

/**
 * Groups rows that are equal, exactly: hashes only find candidates. A missing value equals another one, and -0 equals 0.
 */
export function groupRows(set: DataSet, identity: RowIdentity): RowGroups {
  const columns = columnsOf(set, identity)
  const rows = set.matrix.rows
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(2, rows * 2)))).fill(-1)
  const keyOf = new Uint32Array(rows)
  let keys = 0
  for (let row = 0; row < rows; row++) {
    let slot = hashRow(columns, row) & (slots.length - 1)
    while (slots[slot] >= 0 && !sameRow(columns, slots[slot], row)) slot = (slot + 1) & (slots.length - 1)
    if (slots[slot] < 0) {
      slots[slot] = row
      keyOf[row] = keys++
    } else keyOf[row] = keyOf[slots[slot]]
  }
  return { keyOf, keys }
}

/** A column with the way to find a row's value in it. */
interface Strided {
  readonly values: ArrayLike<number>
  readonly stride: number
  readonly offset: number
}

function columnsOf({ matrix, texts, timeMs, y }: DataSet, identity: RowIdentity): Strided[] {
  const whole = (values: ArrayLike<number>): Strided => ({ values, stride: 1, offset: 0 })
  return [
    ...matrix.names.map((_, offset) => ({ values: matrix.values, stride: matrix.columns, offset })),
    ...(identity.texts ? texts.map(({ column }) => whole(column.codes)) : []),
    ...(identity.time ? [whole(timeMs)] : []),
    ...(identity.label ? [whole(y)] : []),
  ]
}

const value = new Float64Array(1)
const words = new Uint32Array(value.buffer)

function hashRow(columns: readonly Strided[], row: number): number {
  let hash = 0
  for (const { values, stride, offset } of columns) {
    // Adding zero makes -0 the same as 0.
    value[0] = values[row * stride + offset] + 0
    hash = Number.isNaN(value[0]) ? mix(hash, NAN_WORD) : mix(mix(hash, words[0]), words[1])
  }
  return hash
}

function sameRow(columns: readonly Strided[], a: number, b: number): boolean {
  for (const { values, stride, offset } of columns) {
    const x = values[a * stride + offset]
    const y = values[b * stride + offset]
    if (x !== y && !(Number.isNaN(x) && Number.isNaN(y))) return false
  }
  return true
}
