import type { Broker, Outgoing } from '../../broker/broker.ts'
import type { Outbox } from './outbox.ts'
import type { StreamOutput } from './stream-output.ts'
import type { StreamTopics } from './topics.ts'

/** Results into topics of a broker. A topic of fewer partitions than ours gets them folded onto what it has. */
export class BrokerOutput implements StreamOutput {
  private readonly broker: Broker
  private readonly topics: StreamTopics
  private readonly partitions = new Map<string, number>()

  constructor(broker: Broker, topics: StreamTopics) {
    this.broker = broker
    this.topics = topics
  }

  async write({ results, deadLetters, facts }: Outbox): Promise<void> {
    const { topics } = this
    await this.send(topics.deadLetters, deadLetters)
    await this.send(topics.results, results)
    await this.send(topics.facts, facts)
  }

  async close(): Promise<void> {}

  private async send(topic: string, messages: readonly Outgoing[]): Promise<void> {
    if (messages.length === 0) return
    let count = this.partitions.get(topic)
    if (count === undefined) {
      count = (await this.broker.spans(topic))?.length ?? 1
      this.partitions.set(topic, count)
    }
    const parts = count
    const folded = messages.every(({ partition }) => partition < parts)
      ? messages
      : messages.map((message) => ({ ...message, partition: message.partition % parts }))
    await this.broker.send(topic, folded)
  }
}
