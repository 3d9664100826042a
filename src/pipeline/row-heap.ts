import type { DnsBatch } from '../batch/dns-batch.ts'

/** A row waiting for its turn. */
export interface WaitingRow {
  readonly batch: DnsBatch
  readonly row: number
}

/**
 * A binary heap of rows by (time, input, position), so that what comes out does not depend on the order of going in.
 * Rows alike in all three (two messages of one packet) come out as they went in.
 */
export class RowHeap {
  private readonly batches: DnsBatch[] = []
  private readonly rows: number[] = []
  /** Order of going in. */
  private readonly serials: number[] = []
  private serial = 0
  size = 0

  /** Time of the first row; infinite where there is none. */
  get firstMs(): number {
    return this.size === 0 ? Number.POSITIVE_INFINITY : this.batches[0].timeMs[this.rows[0]]
  }

  push(batch: DnsBatch, row: number): void {
    let at = this.size++
    const serial = this.serial++
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!this.comesBefore(batch, row, serial, parent)) break
      this.move(parent, at)
      at = parent
    }
    this.put(at, batch, row, serial)
  }

  pop(): WaitingRow {
    const { batches, rows, serials } = this
    const first = { batch: batches[0], row: rows[0] }
    const last = --this.size
    const batch = batches[last]
    const row = rows[last]
    const serial = serials[last]
    batches.length = last
    rows.length = last
    serials.length = last
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= last) break
      if (child + 1 < last && this.comesBefore(batches[child + 1], rows[child + 1], serials[child + 1], child)) child++
      if (this.comesBefore(batch, row, serial, child)) break
      this.move(child, at)
      at = child
    }
    if (last > 0) this.put(at, batch, row, serial)
    return first
  }

  private comesBefore(batch: DnsBatch, row: number, serial: number, other: number): boolean {
    const { batches, rows, serials } = this
    if (isBefore(batch, row, batches[other], rows[other])) return true
    return serial < serials[other] && !isBefore(batches[other], rows[other], batch, row)
  }

  private move(from: number, to: number): void {
    this.put(to, this.batches[from], this.rows[from], this.serials[from])
  }

  private put(at: number, batch: DnsBatch, row: number, serial: number): void {
    this.batches[at] = batch
    this.rows[at] = row
    this.serials[at] = serial
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
