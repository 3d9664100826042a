import type { Broker, Member, Outgoing, PartitionSpan, PartMessages, Reader } from './broker.ts'
import { Group } from './memory-group.ts'
import { MemoryLog } from './memory-log.ts'

/** How topics in memory are kept. */
export interface MemoryBrokerOptions {
  /** Messages of a partition that nobody has read yet; a sender waits past them. Those that were read are forgotten. */
  readonly unreadMax?: number
  /** The clock on the wall, in milliseconds. */
  now(): number
}

/**
 * Topics in this process: what is there where there is no Kafka (DESIGN.md 8). Same order, same groups, same promise that a
 * member starts where it says; bounded where a limit is given, and gone with the process.
 */
export class MemoryBroker implements Broker {
  private readonly topics = new Map<string, MemoryLog[]>()
  private readonly groups = new Map<string, Group>()
  private readonly options: MemoryBrokerOptions

  constructor(options: MemoryBrokerOptions) {
    this.options = options
  }

  async spans(topic: string): Promise<readonly PartitionSpan[] | undefined> {
    return this.topics.get(topic)?.map(({ first, next }) => ({ first, next }))
  }

  /** `firsts` are the offsets at which the partitions begin, where a stream goes on that another process began. */
  async create(topic: string, partitions: number, firsts: readonly number[] = []): Promise<void> {
    if (this.topics.has(topic)) return
    const { unreadMax } = this.options
    this.topics.set(
      topic,
      Array.from({ length: partitions }, (_, partition) => new MemoryLog(unreadMax, firsts[partition])),
    )
    for (const group of this.groups.values()) await group.balance()
  }

  async send(topic: string, messages: readonly Outgoing[]): Promise<void> {
    if (!this.topics.has(topic)) await this.create(topic, 1)
    const logs = this.topics.get(topic)!
    for (const { partition, key, value } of messages) {
      const log = logs[partition]
      if (log.isFull) await log.room()
      log.append({ offset: log.next, writtenMs: this.options.now(), key: octets(key), value: octets(value) })
    }
  }

  async join(name: string, topics: readonly string[], reader: Reader): Promise<Member> {
    let group = this.groups.get(name)
    if (!group) {
      group = new Group(this.topics, (topic, partition) => this.forgetRead(topic, partition))
      this.groups.set(name, group)
    }
    return await group.join(topics, reader)
  }

  async *readAll(topic: string): AsyncGenerator<PartMessages> {
    for (const [partition, log] of (this.topics.get(topic) ?? []).entries()) {
      const end = log.next
      for (let at = log.first; at < end; ) {
        const messages = log.slice(at, end)
        if (messages.length === 0) break
        yield { partition, messages }
        at += messages.length
      }
    }
  }

  /** Resolves when every group has read all there is. */
  async idle(): Promise<void> {
    const isRead = () =>
      [...this.topics].every(([topic, logs]) =>
        [...logs.entries()].every(([partition, { next }]) =>
          [...this.groups.values()].every((group) => (group.position(topic, partition) ?? next) >= next),
        ),
      )
    // What is read may write, so that it is looked at again after a turn of those who read.
    while (!isRead()) await new Promise((done) => setImmediate(done))
  }

  async close(): Promise<void> {
    for (const group of this.groups.values()) await group.end()
  }

  /** Forgets what every group has read, where memory is bounded. */
  private forgetRead(topic: string, partition: number): void {
    if (this.options.unreadMax === undefined) return
    const positions = [...this.groups.values()].map((group) => group.position(topic, partition))
    const known = positions.filter((position) => position !== undefined)
    if (known.length > 0) this.topics.get(topic)?.[partition].forget(Math.min(...known))
  }
}

function octets(value: Uint8Array | string | null): Uint8Array | null {
  return typeof value === 'string' ? Buffer.from(value) : value
}
