import { DnsBatch } from '../../batch/dns-batch.ts'

/** Batches kept for reuse; one packet rarely fills more. */
const SPARE_MAX = 4

/** Rows on their way out: one batch being filled, full ones waiting in {@link RowSink.ready}. */
export class RowSink {
  readonly ready: DnsBatch[] = []
  private current = new DnsBatch()
  private readonly spare: DnsBatch[] = []

  /** The batch the next row goes to; it has room for one. */
  open(): DnsBatch {
    if (this.current.full) {
      this.ready.push(this.current)
      this.current = this.spare.pop() ?? new DnsBatch()
    }
    return this.current
  }

  /** Moves the rows at hand to `ready`, however few. */
  flush(): void {
    if (this.current.rows === 0) return
    this.ready.push(this.current)
    this.current = this.spare.pop() ?? new DnsBatch()
  }

  /** Takes back a batch its reader has done with. */
  recycle(batch: DnsBatch): void {
    batch.clear()
    if (this.spare.length < SPARE_MAX) this.spare.push(batch)
  }
}
