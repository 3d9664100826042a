import { createMatrix, type FeatureMatrix } from '../models/matrix.ts'

/** Collects a matrix row by row, without an object a row. */
export class RowValues {
  /** The row under way: fill it, then {@link add} it. */
  readonly row: Float64Array
  private values: Float64Array
  private rows = 0

  constructor(columns: number) {
    this.row = new Float64Array(columns)
    this.values = new Float64Array(columns * 1024)
  }

  add(): void {
    const at = this.rows * this.row.length
    if (at + this.row.length > this.values.length) {
      const grown = new Float64Array(this.values.length * 2)
      grown.set(this.values)
      this.values = grown
    }
    this.values.set(this.row, at)
    this.rows++
  }

  build(names: readonly string[]): FeatureMatrix {
    const matrix = createMatrix(this.rows, names)
    matrix.values.set(this.values.subarray(0, matrix.values.length))
    return matrix
  }
}
