import type { Broker, Outgoing } from '../../broker/broker.ts'
import type { Outbox } from './outbox.ts'
import type { StreamOutput } from './stream-output.ts'
import type { StreamTopics } from './topics.ts'

/** Results into topics of a broker. A topic of fewer partitions than ours gets them folded onto what it has. */
export class BrokerOutput implements StreamOutput {
  private readonly own: Broker
  private readonly results: Broker
  private readonly topics: StreamTopics
  private readonly partitions = new Map<string, number>()

  /** Dead letters and hand-overs stay with the broker that the exchanges come from; results may go to another. */
  constructor(own: Broker, results: Broker, topics: StreamTopics) {
    this.own = own
    this.results = results
    this.topics = topics
  }

  async write({ results, deadLetters, facts }: Outbox): Promise<void> {
    const { topics, own } = this
    await this.send(own, topics.deadLetters, deadLetters)
    await this.send(this.results, topics.results, results)
    await this.send(own, topics.facts, facts)
  }

  async close(): Promise<void> {}

  private async send(broker: Broker, topic: string, messages: readonly Outgoing[]): Promise<void> {
    if (messages.length === 0) return
    let count = this.partitions.get(topic)
    if (count === undefined) {
      count = (await broker.spans(topic))?.length ?? 1
      this.partitions.set(topic, count)
    }
    const parts = count
    const folded = messages.every(({ partition }) => partition < parts)
      ? messages
      : messages.map((message) => ({ ...message, partition: message.partition % parts }))
    await broker.send(topic, folded)
  }
}
