import type { KafkaMessage } from 'kafkajs'
import type { Message } from '../broker.ts'

/** Messages as we read them. Offsets are 64 bits in Kafka; a double holds those of the next few thousand years. */
export function readMessages(messages: readonly KafkaMessage[]): Message[] {
  return messages.map(({ offset, timestamp, key, value }) => ({
    ...{ offset: Number(offset), writtenMs: Number(timestamp), key, value },
  }))
}
