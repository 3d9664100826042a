import type { AnchorWord } from './adaptive-policy.ts'

/** Groups remembered; past them the one that was opened first goes. */
const GROUPS_MAX = 8192
/** First rows of each: a label that comes late teaches what could have been seen early. */
const ROWS_MAX = 20

/** A row as it was when it came by. */
export interface KeptRow {
  readonly x: Float64Array
  readonly anchor: AnchorWord
  /** What whoever has the say now called it. */
  readonly called: boolean
}

/** What is remembered of one group (a registered domain). */
export interface KeptGroup {
  readonly firstMs: number
  readonly rows: KeptRow[]
  /** Sources of labels that have taught it: each teaches a group once. */
  readonly taught: string[]
}

/** First rows of each group, kept until their label comes: verdicts are late, and an account confirms only what it has seen leave. */
export class RowMemory {
  private groups = new Map<string, KeptGroup>()

  /** Remembers a row, unless its group has enough. */
  keep(group: string, timeMs: number, row: () => KeptRow): void {
    let kept = this.groups.get(group)
    if (!kept) {
      if (this.groups.size >= GROUPS_MAX) this.groups.delete(this.groups.keys().next().value as string)
      kept = { firstMs: timeMs, rows: [], taught: [] }
      this.groups.set(group, kept)
    }
    if (kept.rows.length < ROWS_MAX) kept.rows.push(row())
  }

  of(group: string): KeptGroup | undefined {
    return this.groups.get(group)
  }

  memory(): Record<string, unknown> {
    return { groups: this.groups }
  }

  resume(memory: Record<string, unknown>): void {
    this.groups = memory.groups as typeof this.groups
  }
}
