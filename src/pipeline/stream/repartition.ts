import { DnsBatch } from '../../batch/dns-batch.ts'
import { writeRowWithOrigin } from '../../batch/row-codec.ts'
import type { Broker, Member, Message, Outgoing, Reader } from '../../broker/broker.ts'
import { partitionOfKey } from '../../broker/partition-of-key.ts'
import { presentName } from '../../detect/present.ts'
import { StreamKey } from '../../detect/stream-key.ts'
import { foldedCopy } from '../../dns/folded-copy.ts'
import type { PublicSuffixes } from '../../dns/public-suffix.ts'
import { deadLetterMessage } from '../../sinks/messages/dead-letter.ts'
import { decodeMessage } from '../../sources/messages/index.ts'

/** From where to where, and who does it. */
export interface RepartitionOptions {
  readonly from: string
  readonly to: string
  /** Partitions of `to`. */
  readonly parts: number
  readonly deadLetters: string
  readonly group: string
  readonly suffixes: PublicSuffixes
}

/**
 * Passes exchanges on to a topic that is keyed by registered domain, for producers that key by something else or not at all. What is
 * passed on says where it came from, so that a message passed on twice is taken once. Markers are not passed on: that one
 * partition of the input has come to a time says nothing of the others.
 */
export class Repartition implements Reader {
  passed = 0
  refused = 0
  private readonly options: RepartitionOptions
  private readonly broker: Broker
  private readonly batch = new DnsBatch(1)
  private readonly key: StreamKey
  private member: Member | undefined

  constructor(broker: Broker, options: RepartitionOptions) {
    this.broker = broker
    this.options = options
    this.key = new StreamKey(options.suffixes)
  }

  async join(): Promise<void> {
    this.member = await this.broker.join(this.options.group, [this.options.from], this)
  }

  /** Passes on what is under way, and leaves. */
  async drain(): Promise<void> {
    await this.member?.leave()
  }

  async assigned(): Promise<'committed'> {
    return 'committed'
  }

  async take(topic: string, partition: number, messages: readonly Message[]): Promise<void> {
    const rows: Outgoing[] = []
    const refused: Outgoing[] = []
    for (const { offset, value, writtenMs } of messages) {
      const { batch } = this
      batch.clear()
      const read = decodeMessage(value, batch)
      if (read.kind === 'row') rows.push(this.passOn(partition, offset, writtenMs))
      else if (read.kind === 'refused') {
        const id = `${topic}/${partition}/${offset}`
        refused.push({ partition: 0, key: null, value: deadLetterMessage(id, read.reason, value) })
      } else if (read.kind === 'legacy') {
        // Rows of features have no name to go by; any partition will do.
        rows.push({ partition: offset % this.options.parts, key: null, value })
      }
    }
    if (refused.length > 0) await this.broker.send(this.options.deadLetters, refused)
    if (rows.length > 0) await this.broker.send(this.options.to, rows)
    this.passed += rows.length
    this.refused += refused.length
    await this.member?.commit(topic, partition, messages[messages.length - 1].offset + 1)
  }

  async revoked(): Promise<void> {}

  private passOn(partition: number, offset: number, writtenMs: number): Outgoing {
    const { batch, key } = this
    if (Number.isNaN(batch.timeMs[0])) batch.timeMs[0] = writtenMs
    batch.input[0] = partition + 1
    batch.position[0] = offset
    key.read(batch, 0)
    const text = presentName(foldedCopy(batch.arena, key.start, key.length))
    return { partition: partitionOfKey(text, this.options.parts), key: text, value: writeRowWithOrigin(batch, 0) }
  }
}
