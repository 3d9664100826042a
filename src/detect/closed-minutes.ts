const MINUTE_MS = 60_000

/** The event-time minute being gathered. Late rows belong to the minute they come in: a closed one stays closed. */
export class ClosedMinutes {
  endMs = Number.NEGATIVE_INFINITY

  /** Start of the minute being gathered: all before it is closed. */
  get startMs(): number {
    return this.endMs - MINUTE_MS
  }

  /** Whether a row of this time opens a later minute; if so that one is now being gathered. */
  isPast(timeMs: number): boolean {
    if (!(timeMs >= this.endMs)) return false
    this.endMs = (Math.floor(timeMs / MINUTE_MS) + 1) * MINUTE_MS
    return true
  }

  /** Whether a row of this time lies beyond the minute being gathered. */
  isBeyond(timeMs: number): boolean {
    return timeMs >= this.endMs
  }
}
