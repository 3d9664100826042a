import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs'
import type { Member, Reader, Start } from '../broker.ts'
import { readMessages } from './kafka-messages.ts'
import type { Persistence } from './persist.ts'

/** Time without a sign of life after which the group gives a member's partitions to others. */
const SESSION_MS = 10_000
/**
 * Octets fetched of one partition, and of all: a member that falls behind must not hold more than it can read. A message becomes
 * objects of many times its size before it is read: at a mebibyte a partition, eight of them filled a heap of 64 MiB. A message that
 * is larger comes all the same, alone (KIP-74).
 */
const FETCH_OCTETS = 1 << 18
const FETCH_ALL_OCTETS = 1 << 21

/** What a member reads, and for whom. */
export interface Membership {
  readonly group: string
  readonly topics: readonly string[]
  readonly reader: Reader
  /** The brokers, for messages to people. */
  readonly name: string
}

/** A partition that is ours until the group says otherwise. */
interface Holding {
  readonly topic: string
  readonly partition: number
  /** Resolves to the offset the reader begins at. */
  readonly start: Promise<Start>
  /** Offset that has to come next; `undefined` until a first batch was seen. */
  expected: number | undefined
  /** Whether we asked for exactly that offset: what comes instead is all there is. */
  asked: boolean
  isOver: boolean
}

/**
 * One member of a consumer group. Every time the group is balanced anew all partitions are handed back and given out again:
 * the reader keeps its state in between, and where it begins is its own to say, whatever was committed.
 */
export class KafkaMember implements Member {
  private readonly kafka: Kafka
  private readonly membership: Membership
  private readonly persistence: Persistence
  private consumer: Consumer | undefined
  private held = new Map<string, Holding>()
  /** Handing back and giving out, one after the other. */
  private turn: Promise<void> = Promise.resolve()
  private isLeaving = false

  constructor(kafka: Kafka, membership: Membership, persistence: Persistence) {
    this.kafka = kafka
    this.membership = membership
    this.persistence = persistence
  }

  async start(): Promise<void> {
    await this.persistence.until(this.trouble, () => this.connect())
  }

  async commit(topic: string, partition: number, offset: number): Promise<void> {
    try {
      await this.consumer?.commitOffsets([{ topic, partition, offset: String(offset) }])
    } catch {
      // While the group is balanced nothing can be committed; the next checkpoint is.
    }
  }

  async leave(): Promise<void> {
    if (this.isLeaving) return
    this.isLeaving = true
    // The batch under way ends first; then the partitions are handed back, and only then does the group hear of it.
    for (const { topic, partition } of this.held.values()) this.consumer?.pause([{ topic, partitions: [partition] }])
    await this.handBack()
    try {
      await this.consumer?.disconnect()
    } catch {
      // A broker that is gone is left all the same.
    }
  }

  private get trouble(): string {
    const { name, group } = this.membership
    return `${name} does not let the group ${group} read`
  }

  private async connect(): Promise<void> {
    const { group, topics } = this.membership
    const consumer = this.kafka.consumer({
      ...{ groupId: group, sessionTimeout: SESSION_MS, rebalanceTimeout: 2 * SESSION_MS, heartbeatInterval: 3000 },
      ...{
        maxBytesPerPartition: FETCH_OCTETS,
        maxBytes: FETCH_ALL_OCTETS,
        maxWaitTimeInMs: 500,
        allowAutoTopicCreation: false,
      },
      retry: { initialRetryTime: 200, maxRetryTime: 2000, retries: 3, restartOnFailure: async () => !this.isLeaving },
    })
    this.consumer = consumer
    consumer.on('consumer.rebalancing', () => this.handBack())
    consumer.on('consumer.group_join', ({ payload }) => {
      this.persistence.isOver(this.trouble)
      this.takeOver(payload.memberAssignment)
    })
    consumer.on('consumer.crash', ({ payload }) => this.onCrash(payload.error, payload.restart))
    await consumer.connect()
    await consumer.subscribe({ topics: [...topics], fromBeginning: true })
    await consumer.run({
      ...{ autoCommit: false, eachBatchAutoResolve: false, partitionsConsumedConcurrently: 2 },
      eachBatch: (payload) => this.onBatch(payload),
    })
  }

  private onCrash(error: Error, restarts: boolean): void {
    if (this.isLeaving) return
    this.persistence.begins(this.trouble, error.message)
    this.turn = this.turn.then(() => this.revokeAll())
    if (!restarts) this.turn = this.turn.then(() => this.startAgain())
  }

  private async startAgain(): Promise<void> {
    await this.persistence.sleep(1000)
    if (!this.isLeaving) void this.start().catch(() => {})
  }

  private handBack(): Promise<void> {
    this.turn = this.turn.then(() => this.revokeAll())
    return this.turn
  }

  private async revokeAll(): Promise<void> {
    const { held } = this
    this.held = new Map()
    for (const holding of held.values()) holding.isOver = true
    for (const { topic, partition, start } of held.values()) {
      await start
      await this.membership.reader.revoked(topic, partition)
    }
  }

  private takeOver(assignment: Readonly<Record<string, number[]>>): void {
    this.turn = this.turn.then(async () => {
      await this.revokeAll()
      if (this.isLeaving) return
      for (const [topic, partitions] of Object.entries(assignment)) {
        for (const partition of partitions) {
          const start = this.membership.reader.assigned(topic, partition)
          const holding: Holding = { topic, partition, start, expected: undefined, asked: false, isOver: false }
          this.held.set(keyOf(topic, partition), holding)
          this.seek(holding, await start)
        }
      }
    })
  }

  private seek(holding: Holding, offset: Start): void {
    const { topic, partition } = holding
    // Where it committed, a group begins by itself.
    if (offset === 'committed') return
    holding.expected = offset === 'first' ? undefined : offset
    holding.asked = true
    // -2 is Kafka's word for the oldest there is.
    this.consumer?.seek({ topic, partition, offset: offset === 'first' ? '-2' : String(offset) })
  }

  private async onBatch({ batch, resolveOffset, heartbeat, isStale, isRunning }: EachBatchPayload): Promise<void> {
    // Whose partition this is may be under way; and what was fetched before we said where to begin is not for us.
    await this.turn
    const holding = this.held.get(keyOf(batch.topic, batch.partition))
    if (!holding || isStale() || !isRunning()) return
    let messages = readMessages(batch.messages)
    if (messages.length === 0) return
    const { expected } = holding
    if (expected !== undefined && messages[0].offset !== expected) {
      messages = messages.filter(({ offset }) => offset >= expected)
      if (messages.length === 0 || (messages[0].offset > expected && !holding.asked)) {
        this.seek(holding, expected)
        return
      }
      if (messages[0].offset > expected) this.tellOfLoss(holding, expected, messages[0].offset)
    }
    holding.asked = false
    await this.membership.reader.take(batch.topic, batch.partition, messages, Number(batch.highWatermark))
    const last = messages[messages.length - 1].offset
    holding.expected = last + 1
    if (holding.isOver) return
    resolveOffset(String(last))
    await heartbeat()
  }

  /** Messages that the broker threw away before we read them: its retention was shorter than we were away. */
  private tellOfLoss({ topic, partition }: Holding, expected: number, first: number): void {
    this.persistence.tell(
      `${first - expected} messages of ${topic}/${partition} were gone before they were read: give the topic a longer retention.`,
    )
  }
}

function keyOf(topic: string, partition: number): string {
  return `${topic}/${partition}`
}
