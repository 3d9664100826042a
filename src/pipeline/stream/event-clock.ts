import { type DnsBatch, MARK } from '../../batch/dns-batch.ts'

/** A sensor's clock may run so far ahead of the broker's before it is not believed. */
const AHEAD_MAX_MS = 3_600_000

/**
 * Event time of one partition of a topic. The topic's order is the order of processing, so that what is found is a function
 * of the log alone: a row that is earlier than one before it is charged at the time reached, and counted. A row without a
 * time, or one whose time lies in the future of the message that brought it, takes the time the message was written: else
 * one broken clock would make every later row late.
 */
export class EventClock {
  nowMs: number = Number.NEGATIVE_INFINITY
  /** Rows that came after their time, and rows from the future. */
  late = 0
  ahead = 0

  /** Sets the row's time, and its mark where it is late. */
  place(batch: DnsBatch, row: number, writtenMs: number): void {
    let timeMs = batch.timeMs[row]
    if (!(timeMs >= 0 && timeMs <= writtenMs + AHEAD_MAX_MS)) {
      if (timeMs > writtenMs) this.ahead++
      timeMs = writtenMs
    }
    if (timeMs < this.nowMs) {
      this.late++
      batch.marks[row] |= MARK.late
      timeMs = this.nowMs
    }
    this.nowMs = timeMs
    batch.timeMs[row] = timeMs
  }

  /** Moves on to the time of a marker. */
  advance(timeMs: number, writtenMs: number): void {
    if (timeMs > this.nowMs && timeMs <= writtenMs + AHEAD_MAX_MS) this.nowMs = timeMs
  }
}
