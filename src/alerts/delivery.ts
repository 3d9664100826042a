import type { Alert } from '../sinks/alerts/alert.ts'
import type { Spool } from './spool.ts'
import { type AlertTarget, DeliveryError } from './target.ts'

const FIRST_WAIT_MS = 1000
const WAIT_MAX_MS = 300_000
/** A target that asks to be left alone for longer is asked again after this. */
const ASKED_WAIT_MAX_MS = 600_000
const DELIVER_MAX_MS = 30_000
const LOOK_EVERY_MS = 10

/** What a delivery needs of the world. */
export interface DeliveryWorld {
  /** Waits, or ends early when the signal says so. */
  pause(ms: number, signal: AbortSignal): Promise<void>
  /** From 0 to 1: waits are cut by up to a half, so that many senders do not come back together. */
  random(): number
  /** What is wrong with a target, and with `undefined` that nothing is any more. */
  onTrouble(name: string, sentence: string | undefined): void
}

/** How a target stands, for the health page. */
export interface DeliveryStatus {
  readonly name: string
  readonly waiting: number
  readonly sent: number
  readonly refused: number
  readonly dropped: number
  readonly trouble: string | null
}

/**
 * Sends the alerts of one spool to one target, in order, one at a time. What is not taken is tried again, each time after twice the
 * wait; what is refused for good is counted and passed over. Between the target's yes and our note of it lies a moment in which a
 * crash means that it is sent again: its id and revision are the same.
 */
export class Delivery {
  private readonly target: AlertTarget
  private readonly spool: Spool
  private readonly world: DeliveryWorld
  private readonly ending = new AbortController()
  private wake: (() => void) | undefined
  private trouble: string | null = null
  private running: Promise<void> | undefined

  constructor(target: AlertTarget, spool: Spool, world: DeliveryWorld) {
    this.target = target
    this.spool = spool
    this.world = world
  }

  get status(): DeliveryStatus {
    const { trouble, spool } = this
    return { name: this.target.name, waiting: spool.size, ...spool.counts, trouble }
  }

  start(): void {
    this.running ??= this.run()
  }

  /** Puts an alert in line. Returns at once: nothing that detects waits for a target. */
  add(alert: Alert): void {
    if (this.spool.add(alert)) this.wake?.()
  }

  /** Called every few seconds. */
  tick(): void {
    this.spool.retry()
  }

  /** Ends after at most `graceMs` more of sending; what waits is in the spool, for the next start. */
  async close(graceMs: number): Promise<void> {
    for (let left = graceMs; left > 0 && this.trouble === null && this.spool.size > 0; left -= LOOK_EVERY_MS) {
      await this.world.pause(LOOK_EVERY_MS, this.ending.signal)
    }
    this.ending.abort()
    this.wake?.()
    await this.running
    await this.target.close?.()
    this.spool.close()
  }

  private async run(): Promise<void> {
    const { signal } = this.ending
    for (let failures = 0; !signal.aborted; ) {
      const alert = this.spool.first()
      if (!alert) {
        await new Promise<void>((resolve) => {
          this.wake = resolve
        })
        continue
      }
      const error = await this.attempt(alert)
      if (signal.aborted) return
      if (!error || error.isFinal) {
        failures = 0
        this.spool.done(alert, error ? 'refused' : 'sent')
        this.say(error ? `${error.message} It is not sent again.` : undefined)
        continue
      }
      this.say(`${error.message} It is tried again.`)
      const doubled = Math.min(WAIT_MAX_MS, FIRST_WAIT_MS * 2 ** Math.min(failures++, 20))
      const own = doubled * (1 - this.world.random() / 2)
      await this.world.pause(Math.min(ASKED_WAIT_MAX_MS, Math.max(own, error.waitMs ?? 0)), signal)
    }
  }

  private async attempt(alert: Alert): Promise<DeliveryError | undefined> {
    const signal = AbortSignal.any([this.ending.signal, AbortSignal.timeout(DELIVER_MAX_MS)])
    try {
      await this.target.deliver(alert, signal)
      return undefined
    } catch (error) {
      if (error instanceof DeliveryError) return error
      // A bug of ours in one target must not keep the others, nor detection, from their work.
      return new DeliveryError(`${this.target.name} failed: ${(error as Error).message}.`)
    }
  }

  private say(sentence: string | undefined): void {
    const trouble = sentence ?? null
    if (trouble === this.trouble) return
    this.trouble = trouble
    this.world.onTrouble(this.target.name, sentence)
  }
}
