import { randomUUID } from 'node:crypto'
import type { Admin, Kafka, Producer } from 'kafkajs'
import type { Broker, BrokerWatcher, Member, Outgoing, PartitionSpan, PartMessages, Reader } from '../broker.ts'
import type { KafkaAddress } from './kafka-address.ts'
import { type KafkaOptions, makeClient } from './kafka-client.ts'
import { KafkaMember } from './kafka-member.ts'
import { Persistence } from './persist.ts'
import { readToEnd } from './read-to-end.ts'

/** Octets of values sent together to one partition: a broker takes a batch of 1 MiB by default. */
const SEND_OCTETS_MAX = 400_000
/** The client copies what it has for a partition with each message more, so that large batches cost their square. */
const SEND_MAX = 400

/** Opens the brokers of an address. Nothing is connected before it is needed; throws `KafkaError` where nothing could work. */
export async function openKafka(
  address: KafkaAddress,
  options: KafkaOptions,
  watcher: BrokerWatcher,
): Promise<KafkaBroker> {
  return new KafkaBroker(await makeClient(address, options), address.brokers.join(','), watcher)
}

/** Topics of an Apache Kafka, by way of kafkajs (docs/decisions/0009-kafka-client.md). */
export class KafkaBroker implements Broker {
  private readonly kafka: Kafka
  private readonly name: string
  private readonly closing = new AbortController()
  private readonly persistence: Persistence
  private readonly members = new Set<KafkaMember>()
  private admin: Promise<Admin> | undefined
  private producer: Promise<Producer> | undefined

  constructor(kafka: Kafka, name: string, watcher: BrokerWatcher) {
    this.kafka = kafka
    this.name = name
    this.persistence = new Persistence(watcher, this.closing.signal)
  }

  async spans(topic: string): Promise<readonly PartitionSpan[] | undefined> {
    return await this.persistence.until(`${this.name} does not say what is in ${topic}`, async () => {
      const admin = await this.connectedAdmin()
      // Asked for by itself, since a question about a topic that is not there may make it.
      if (!(await admin.listTopics()).includes(topic)) return undefined
      const offsets = await admin.fetchTopicOffsets(topic)
      return offsets
        .sort((a, b) => a.partition - b.partition)
        .map(({ low, high }) => ({ first: Number(low), next: Number(high) }))
    })
  }

  async create(topic: string, partitions: number): Promise<void> {
    await this.persistence.until(`${this.name} does not make the topic ${topic}`, async () => {
      const admin = await this.connectedAdmin()
      if ((await admin.listTopics()).includes(topic)) return
      try {
        await admin.createTopics({ topics: [{ topic, numPartitions: partitions }], waitForLeaders: true })
      } catch (error) {
        if (!(await admin.listTopics()).includes(topic)) throw error
      }
    })
  }

  async send(topic: string, messages: readonly Outgoing[]): Promise<void> {
    for (let from = 0; from < messages.length; ) {
      let octets = 0
      let to = from
      while (to < messages.length && to - from < SEND_MAX && (to === from || octets < SEND_OCTETS_MAX))
        octets += messages[to++].value?.length ?? 0
      const batch = messages.slice(from, to).map(({ partition, key, value }) => ({
        partition,
        key: asBuffer(key),
        value: asBuffer(value),
      }))
      await this.persistence.until(`${this.name} does not take messages for ${topic}`, async () => {
        const producer = await this.connectedProducer()
        await producer.send({ topic, acks: -1, messages: batch })
      })
      from = to
    }
  }

  async join(group: string, topics: readonly string[], reader: Reader): Promise<Member> {
    for (const topic of topics) await this.exists(topic)
    const member = new KafkaMember(this.kafka, { group, topics, reader, name: this.name }, this.persistence)
    this.members.add(member)
    await member.start()
    return member
  }

  async *readAll(topic: string): AsyncGenerator<PartMessages> {
    const spans = await this.spans(topic)
    if (spans) yield* readToEnd(this.kafka, topic, spans, `wakeful-read-${randomUUID()}`)
  }

  async close(): Promise<void> {
    this.closing.abort(new Error('closed'))
    for (const member of this.members) await member.leave()
    for (const connected of [this.producer, this.admin]) {
      try {
        await (await connected)?.disconnect()
      } catch {
        // A broker that is gone is left all the same.
      }
    }
  }

  /** Waits for a topic that somebody else makes. */
  private async exists(topic: string): Promise<void> {
    const what = `The topic ${topic} does not exist on ${this.name}`
    while ((await this.spans(topic)) === undefined) {
      this.persistence.begins(what, 'create it, or start whoever writes to it')
      await this.persistence.sleep(1000)
    }
    this.persistence.isOver(what)
  }

  private connectedAdmin(): Promise<Admin> {
    this.admin ??= connected(this.kafka.admin())
    return this.admin.catch((error: unknown) => {
      this.admin = undefined
      throw error
    })
  }

  private connectedProducer(): Promise<Producer> {
    // One request at a time, numbered: what is sent again after a lost answer is written once.
    this.producer ??= connected(
      this.kafka.producer({
        ...{ allowAutoTopicCreation: false, idempotent: true, maxInFlightRequests: 1 },
        retry: { initialRetryTime: 200, maxRetryTime: 2000, retries: Number.MAX_SAFE_INTEGER },
      }),
    )
    return this.producer.catch((error: unknown) => {
      this.producer = undefined
      throw error
    })
  }
}

async function connected<T extends { connect(): Promise<void> }>(client: T): Promise<T> {
  await client.connect()
  return client
}

function asBuffer(value: Uint8Array | string | null): Buffer | null {
  if (value === null) return null
  return typeof value === 'string' ? Buffer.from(value) : Buffer.from(value.buffer, value.byteOffset, value.length)
}
