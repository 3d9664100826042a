import { arrayOf, demand, type SavedModel } from '../model.ts'
import { demandColumns } from './category-columns.ts'
import type { Step } from './step.ts'

/** Values of some columns and the share of training rows that had each, column after column. */
export interface FrequencyTable {
  /** The columns that are encoded, rising. */
  readonly columns: Int32Array
  /** Where each column's values begin, and behind the last where they end. */
  readonly starts: Int32Array
  /** Values (`textCode` of what a text column held), rising within a column. */
  readonly values: Float64Array
  readonly shares: Float64Array
}

/**
 * Replaces a category by how common it was in training; one never seen is 0. It knows no target, so it cannot leak
 * one, and it takes any number of categories in one column. Two that are equally common become the same.
 *
 * @example
 * // trained on a column of textCode('A'), textCode('A'), textCode('TXT'), textCode('A')
 * encoding.apply(row, 0) // textCode('A') became 0.75
 */
export class FrequencyEncoding implements Step {
  static readonly kind = 'frequency-encoding'
  readonly kind = FrequencyEncoding.kind
  readonly table: FrequencyTable

  constructor(table: FrequencyTable) {
    this.table = table
  }

  apply(x: Float64Array, at: number): void {
    const { columns } = this.table
    for (let i = 0; i < columns.length; i++) {
      const value = x[at + columns[i]]
      if (!Number.isNaN(value)) x[at + columns[i]] = this.#shareOf(value, i)
    }
  }

  #shareOf(value: number, i: number): number {
    const { starts, values, shares } = this.table
    let low = starts[i]
    let high = starts[i + 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if (values[middle] < value) low = middle + 1
      else high = middle
    }
    return low < starts[i + 1] && values[low] === value ? shares[low] : 0
  }

  save(): SavedModel {
    return { parameters: {}, arrays: { ...this.table } }
  }

  static load(saved: SavedModel, columns: number): FrequencyEncoding {
    const encoded = arrayOf(saved, 'columns', Int32Array)
    demandColumns(encoded, columns)
    const values = arrayOf(saved, 'values', Float64Array)
    const table = {
      columns: encoded,
      starts: arrayOf(saved, 'starts', Int32Array, encoded.length + 1),
      values,
      shares: arrayOf(saved, 'shares', Float64Array, values.length),
    }
    const { starts, shares } = table
    const sound =
      starts[0] === 0 &&
      starts[encoded.length] === values.length &&
      starts.every((start, i) => i === 0 || start >= starts[i - 1]) &&
      encoded.every((_, i) => rises(values.subarray(starts[i], starts[i + 1]))) &&
      shares.every((share) => share >= 0 && share <= 1)
    demand(sound, 'The model file holds frequencies that do not fit together.')
    return new FrequencyEncoding(table)
  }
}

function rises(values: Float64Array): boolean {
  return values.every((value, i) => i === 0 || value > values[i - 1])
}
