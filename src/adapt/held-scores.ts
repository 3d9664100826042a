import type { AddedAlerts } from './added-alerts.ts'

/** The anchor needs a while to call a group malicious: until then its first rows pass for benign. */
const HOLD_MS = 3_600_000
/** Scores held at most; past them the oldest are let go early. */
const HELD_MAX = 8192

interface Held {
  readonly group: string
  readonly score: number
  readonly timeMs: number
}

/**
 * Scores of rows that the anchor does not call malicious yet. A line drawn from all of them would lie above the first rows of every
 * tunnel that is found later, which are the rows it is drawn for.
 */
export class HeldScores {
  private waiting: Held[] = []
  private head = 0

  add(group: string, score: number, timeMs: number): void {
    this.waiting.push({ group, score, timeMs })
  }

  /** The scores that waited long enough, of groups that the anchor still does not call malicious. */
  *release(timeMs: number, anchored: Pick<AddedAlerts, 'isAnchored'>): Generator<number> {
    for (;;) {
      const first = this.waiting[this.head]
      if (first === undefined) return
      if (timeMs - first.timeMs < HOLD_MS && this.waiting.length - this.head <= HELD_MAX) return
      this.head++
      if (this.head >= 1024 && this.head * 2 > this.waiting.length) {
        this.waiting = this.waiting.slice(this.head)
        this.head = 0
      }
      if (!anchored.isAnchored(first.group)) yield first.score
    }
  }
}
