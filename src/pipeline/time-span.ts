import type { CanonicalBatch } from '../detect/canonical-batch.ts'

/** First and last time of all rows of a run. */
export class TimeSpan {
  firstMs = Number.POSITIVE_INFINITY
  lastMs = Number.NEGATIVE_INFINITY

  add({ batch }: CanonicalBatch): void {
    for (let row = 0; row < batch.rows; row++) {
      // Not known is NaN, which is neither less nor more than anything; nor is what no calendar holds.
      const ms = batch.timeMs[row]
      if (Math.abs(ms) > CALENDAR_MS) continue
      if (ms < this.firstMs) this.firstMs = ms
      if (ms > this.lastMs) this.lastMs = ms
    }
  }

  /** Null where no row had a time. */
  get span(): { firstMs: number; lastMs: number } | null {
    const { firstMs, lastMs } = this
    return firstMs <= lastMs ? { firstMs, lastMs } : null
  }
}

/** Times further from 1970 than this are none (ECMA-262 21.4.1.1). */
const CALENDAR_MS = 8.64e15
