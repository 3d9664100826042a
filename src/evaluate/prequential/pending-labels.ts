import type { LateLabel } from './arm.ts'

interface Pending {
  readonly label: LateLabel
  readonly x: Float64Array
}

/**
 * Labels asked for and not yet there, in the order they arrive in: the delay is one and times never fall. Holds as many
 * as the budget allows within one delay.
 */
export class PendingLabels {
  private waiting: Pending[] = []
  private head = 0

  get length(): number {
    return this.waiting.length - this.head
  }

  add(label: LateLabel, x: Float64Array): void {
    this.waiting.push({ label, x })
  }

  /** Takes out the next label that has arrived by `timeMs`; undefined where none has. */
  next(timeMs: number): Pending | undefined {
    const first = this.waiting[this.head]
    if (first === undefined || first.label.arrivesMs > timeMs) return undefined
    this.head++
    // Moved down now and then, so that what was delivered is let go.
    if (this.head >= 1024 && this.head * 2 > this.waiting.length) {
      this.waiting = this.waiting.slice(this.head)
      this.head = 0
    }
    return first
  }
}
