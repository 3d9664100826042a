import type { DnsBatch } from '../batch/dns-batch.ts'

/** A row waiting for its turn. */
export interface WaitingRow {
  readonly batch: DnsBatch
  readonly row: number
}

/**
 * A binary heap of rows by (time, input, position). The order is total, so what comes out does not depend on the order
 * of going in beyond which rows are there.
 */
export class RowHeap {
  private readonly batches: DnsBatch[] = []
  private readonly rows: number[] = []
  size = 0

  /** Time of the first row; infinite where there is none. */
  get firstMs(): number {
    return this.size === 0 ? Number.POSITIVE_INFINITY : this.batches[0].timeMs[this.rows[0]]
  }

  push(batch: DnsBatch, row: number): void {
    let at = this.size++
    const { batches, rows } = this
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!isBefore(batch, row, batches[parent], rows[parent])) break
      batches[at] = batches[parent]
      rows[at] = rows[parent]
      at = parent
    }
    batches[at] = batch
    rows[at] = row
  }

  pop(): WaitingRow {
    const { batches, rows } = this
    const first = { batch: batches[0], row: rows[0] }
    const last = --this.size
    const batch = batches[last]
    const row = rows[last]
    batches.length = last
    rows.length = last
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= last) break
      if (child + 1 < last && isBefore(batches[child + 1], rows[child + 1], batches[child], rows[child])) child++
      if (!isBefore(batches[child], rows[child], batch, row)) break
      batches[at] = batches[child]
      rows[at] = rows[child]
      at = child
    }
    if (last > 0) {
      batches[at] = batch
      rows[at] = row
    }
    return first
  }
}

/** Order of rows: time, then rank of the input, then position in it. */
export function isBefore(a: DnsBatch, i: number, b: DnsBatch, j: number): boolean {
  const time = a.timeMs[i] - b.timeMs[j]
  if (time !== 0) return time < 0
  const input = a.input[i] - b.input[j]
  if (input !== 0) return input < 0
  return a.position[i] < b.position[j]
}
