import type { Arm, LateLabel, StreamRow } from '../arm.ts'

/**
 * An arm that reads some of the stream's columns, or in another order: models of several makes judge one stream. Costs a
 * copy of its columns a row.
 */
export class OnColumns implements Arm {
  readonly name: string
  readonly learn?: (label: LateLabel, x: Float64Array, at: number) => void
  private readonly inner: Arm
  private readonly columns: Int32Array
  private readonly row: { -readonly [K in keyof StreamRow]: StreamRow[K] }

  /** `columns[i]` is where the stream has the arm's feature `i`. */
  constructor(inner: Arm, columns: Int32Array) {
    this.name = inner.name
    this.inner = inner
    this.columns = columns
    this.row = { index: 0, timeMs: 0, x: new Float64Array(columns.length), at: 0, group: '' }
    // Whether there is such a method tells who learns, so there is none where the arm has none.
    if (inner.learn !== undefined) {
      this.learn = (label, x, at) => {
        this.pick(x, at)
        inner.learn?.(label, this.row.x, 0)
      }
    }
  }

  get line(): number {
    return this.inner.line
  }

  score({ index, timeMs, x, at, group }: StreamRow): number {
    const { row } = this
    row.index = index
    row.timeMs = timeMs
    row.group = group
    this.pick(x, at)
    return this.inner.score(row)
  }

  takeDrift(): boolean {
    return this.inner.takeDrift?.() ?? false
  }

  private pick(x: Float64Array, at: number): void {
    const { columns, row } = this
    for (let i = 0; i < columns.length; i++) row.x[i] = x[at + columns[i]]
  }
}
