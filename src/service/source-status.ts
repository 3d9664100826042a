import type { LiveCounts } from '../sources/live/live-place.ts'

/** One source as the health page shows it. */
export interface SourceStatus {
  readonly name: string
  /** Packets, frames or lines that were read. */
  readonly packets: number
  readonly rows: number
  readonly malformed: Readonly<Record<string, number>>
  readonly skipped: number
  /** What came faster than it could be judged and was left out. */
  readonly dropped: number
  /** Exchanges that another source had seen already. */
  readonly seenElsewhere: number
  /** Event time of its newest row as ISO 8601, and how far that lies behind the clock. */
  readonly newest: string | null
  readonly behindMs: number | null
  readonly failure: string | null
}

/** A source's counts for people. */
export function sourceStatus(counts: LiveCounts, nowMs: number): SourceStatus {
  const { source, packets, rows, malformed, skipped, dropped = 0, seenElsewhere = 0, newestMs, failure } = counts
  const isTimed = newestMs !== undefined && Number.isFinite(newestMs)
  return {
    ...{ name: source, packets, rows, malformed, skipped, dropped, seenElsewhere },
    newest: isTimed ? new Date(newestMs).toISOString() : null,
    behindMs: isTimed ? Math.max(0, Math.round(nowMs - newestMs)) : null,
    failure: failure ?? null,
  }
}
