/** A part of a second that is sent at once: short enough to look even, long enough to cost little. */
const PORTIONS_A_SECOND = 20

/** Holds a sender to a rate, on the clock it is given. */
export class Pace {
  /** Messages to send at once. */
  readonly portion: number
  private readonly rate: number
  private readonly now: () => number
  private readonly sleep: (ms: number) => Promise<void>
  private dueMs: number | undefined

  /** `rate` is in messages a second. */
  constructor(rate: number, now: () => number, sleep: (ms: number) => Promise<void>) {
    this.rate = rate
    this.portion = Math.max(1, Math.ceil(rate / PORTIONS_A_SECOND))
    this.now = now
    this.sleep = sleep
  }

  /** Waits until `messages` more may go. Who was held up elsewhere does not make up for it in a burst. */
  async wait(messages: number): Promise<void> {
    const now = this.now()
    const due = Math.max(this.dueMs ?? now, now)
    this.dueMs = due + (messages / this.rate) * 1000
    if (due > now) await this.sleep(due - now)
  }
}
