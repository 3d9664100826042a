import { DnsBatch } from '../../batch/dns-batch.ts'
import type { Broker, Member, Message, Reader } from '../../broker/broker.ts'
import { newCounts } from '../../sources/input-counts.ts'
import type { LiveCounts, LivePlace } from '../../sources/live/live-place.ts'
import { decodeMessage } from '../../sources/messages/index.ts'
import type { Source } from '../../sources/source.ts'

const GROUP = 'wakeful-service'
/** A place in the topic is committed so long after it was read: by then what was read before it is in a checkpoint. */
const COMMIT_AFTER_MS = 45_000

/** A topic of exchanges as a source of a service, beside others: the same messages as a worker of a group reads. */
export function topicPlace(label: string, topic: string, open: () => Promise<Broker>): LivePlace {
  return {
    label,
    open: async (index, _, { now, onTrouble }, signal) => {
      const broker = await open()
      while (!signal.aborted && (await broker.spans(topic)) === undefined) {
        onTrouble(
          label,
          `The topic ${topic} does not exist: create it, or start whoever writes to it; it is waited for.`,
        )
        await new Promise((resolve) => setTimeout(resolve, 1000))
      }
      onTrouble(label, undefined)
      const counts = newCounts(label)
      return { source: new TopicSource({ label, index, topic, broker, counts, now, signal }), counts }
    },
  }
}

interface TopicOptions {
  readonly label: string
  readonly index: number
  readonly topic: string
  readonly broker: Broker
  readonly counts: LiveCounts
  readonly signal: AbortSignal
  now(): number
}

/** Messages as rows. The broker gives no more of a partition until what it gave was taken: that is the back-pressure. */
class TopicSource implements Source, Reader {
  readonly name: string
  readonly timed = true
  private readonly options: TopicOptions
  private readonly batch = new DnsBatch()
  private readonly places: { partition: number; next: number; atMs: number }[] = []
  private member: Member | undefined
  private offered: { messages: readonly Message[]; taken: () => void }[] = []
  private wake = () => {}

  constructor(options: TopicOptions) {
    this.options = options
    this.name = options.label
  }

  async *read(): AsyncGenerator<DnsBatch> {
    const { broker, topic, signal } = this.options
    signal.addEventListener('abort', () => this.wake(), { once: true })
    this.member = await broker.join(GROUP, [topic], this)
    while (!signal.aborted) {
      const offer = this.offered.shift()
      if (!offer) {
        await new Promise<void>((resolve) => {
          this.wake = resolve
        })
        continue
      }
      yield* this.rowsOf(offer.messages)
      offer.taken()
      await this.commit(this.options.now() - COMMIT_AFTER_MS)
    }
    for (const { taken } of this.offered.splice(0)) taken()
    await this.commit(Number.POSITIVE_INFINITY)
    await this.member.leave()
    await broker.close()
  }

  async assigned(): Promise<'committed'> {
    return 'committed'
  }

  take(_: string, partition: number, messages: readonly Message[]): Promise<void> {
    if (this.options.signal.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      const taken = () => {
        const last = messages.at(-1)
        if (last) this.places.push({ partition, next: last.offset + 1, atMs: this.options.now() })
        resolve()
      }
      this.offered.push({ messages, taken })
      this.wake()
    })
  }

  async revoked(): Promise<void> {}

  private *rowsOf(messages: readonly Message[]): Generator<DnsBatch> {
    const { batch } = this
    const { counts, index } = this.options
    batch.clear()
    for (const { value, offset } of messages) {
      counts.packets++
      const { kind, ...read } = decodeMessage(value, batch)
      if (kind === 'row') {
        batch.input[batch.rows - 1] = index
        batch.position[batch.rows - 1] = offset
        counts.rows++
      } else if (kind === 'refused' && 'reason' in read) {
        counts.malformed[read.reason] = (counts.malformed[read.reason] ?? 0) + 1
      } else counts.skipped++
      if (!batch.full) continue
      yield batch
      batch.clear()
    }
    if (batch.rows > 0) yield batch
  }

  /** Says of what was read before a time that it is done with. */
  private async commit(beforeMs: number): Promise<void> {
    const done = new Map<number, number>()
    while (this.places.length > 0 && this.places[0].atMs < beforeMs) {
      const { partition, next } = this.places.shift()!
      done.set(partition, next)
    }
    for (const [partition, next] of done) await this.member?.commit(this.options.topic, partition, next)
  }
}
