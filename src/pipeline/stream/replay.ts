import type { DnsBatch } from '../../batch/dns-batch.ts'
import type { Outgoing } from '../../broker/broker.ts'
import { partitionOfKey } from '../../broker/partition-of-key.ts'
import { presentName } from '../../detect/present.ts'
import { StreamKey } from '../../detect/stream-key.ts'
import { foldedCopy } from '../../dns/folded-copy.ts'
import type { PublicSuffixes } from '../../dns/public-suffix.ts'
import { markerMessage } from '../../sinks/messages/marker.ts'
import type { Pace } from './pace.ts'

const MINUTE_MS = 60_000
/** Messages handed to the broker together. */
const SEND_MAX = 2048

/** How rows become messages, and where they go. */
export interface ReplayOptions {
  readonly parts: number
  readonly suffixes: PublicSuffixes
  /** Writes a row as a message's value. */
  encode(batch: DnsBatch, row: number): Uint8Array | string
  send(messages: readonly Outgoing[]): Promise<void>
  /** Messages a second at most; `undefined` as fast as they are taken. */
  readonly pace: Pace | undefined
  /** Event time of the first row, and from row to row, of inputs that have no times. */
  readonly untimed: { readonly startMs: number; readonly stepMs: number }
}

/**
 * Writes rows to a topic, keyed by registered domain, in order of time. Once a minute of event time every partition that had
 * no row in it gets a marker, and all get one at the end that says that it is the end: so the client stage need wait for
 * nobody (DESIGN.md 3).
 */
export class Replay {
  messages = 0
  private readonly options: ReplayOptions
  private readonly key: StreamKey
  private readonly keys = new Map<string, number>()
  private readonly reachedMs: Float64Array
  private minuteEndMs = Number.NEGATIVE_INFINITY
  private newestMs = Number.NEGATIVE_INFINITY
  private waiting: Outgoing[] = []

  constructor(options: ReplayOptions) {
    this.options = options
    this.key = new StreamKey(options.suffixes)
    this.reachedMs = new Float64Array(options.parts).fill(Number.NEGATIVE_INFINITY)
  }

  /** Writes the rows of a batch, but those of which `isLeftOut` says so. */
  async write(batch: DnsBatch, isLeftOut?: (row: number) => boolean): Promise<void> {
    for (let row = 0; row < batch.rows; row++) {
      if (isLeftOut?.(row)) continue
      this.stamp(batch, row)
      this.add(batch, row)
      if (this.waiting.length >= (this.options.pace?.portion ?? SEND_MAX)) await this.flush()
    }
  }

  /** Writes what waits, and the markers that say that this is all. */
  async end(): Promise<void> {
    if (Number.isFinite(this.newestMs)) {
      for (let partition = 0; partition < this.options.parts; partition++) this.mark(partition, this.newestMs, true)
    }
    await this.flush()
  }

  private stamp(batch: DnsBatch, row: number): void {
    const { startMs, stepMs } = this.options.untimed
    if (Number.isNaN(batch.timeMs[row])) batch.timeMs[row] = startMs + this.messages * stepMs
    const timeMs = batch.timeMs[row]
    if (timeMs > this.newestMs) this.newestMs = timeMs
    if (timeMs < this.minuteEndMs) return
    const startOfMinute = Math.floor(timeMs / MINUTE_MS) * MINUTE_MS
    if (Number.isFinite(this.minuteEndMs)) {
      for (const [partition, reachedMs] of this.reachedMs.entries()) {
        if (reachedMs < this.minuteEndMs - MINUTE_MS) this.mark(partition, startOfMinute, false)
      }
    }
    this.minuteEndMs = startOfMinute + MINUTE_MS
  }

  private add(batch: DnsBatch, row: number): void {
    this.key.read(batch, row)
    const key = presentName(foldedCopy(batch.arena, this.key.start, this.key.length))
    let partition = this.keys.get(key)
    if (partition === undefined) {
      partition = partitionOfKey(key, this.options.parts)
      if (this.keys.size >= KEYS_MAX) this.keys.clear()
      this.keys.set(key, partition)
    }
    this.reachedMs[partition] = batch.timeMs[row]
    this.waiting.push({ partition, key, value: this.options.encode(batch, row) })
    this.messages++
  }

  private mark(partition: number, timeMs: number, end: boolean): void {
    this.reachedMs[partition] = timeMs
    this.waiting.push({ partition, key: null, value: markerMessage(timeMs, end) })
  }

  /** Hands over what was written, however little. */
  async flush(): Promise<void> {
    const { waiting } = this
    this.waiting = []
    if (waiting.length === 0) return
    await this.options.pace?.wait(waiting.length)
    await this.options.send(waiting)
  }
}

/** Keys whose partition is remembered: a flood of domains must not fill the memory. */
const KEYS_MAX = 1 << 16
