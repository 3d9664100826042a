import type { Kafka } from 'kafkajs'
import type { PartitionSpan, PartMessages } from '../broker.ts'
import { Channel } from '../channel.ts'
import { readMessages } from './kafka-messages.ts'

/** Reads every partition of a topic to the ends in `spans`, by a group of its own that is gone afterwards. */
export async function* readToEnd(
  kafka: Kafka,
  topic: string,
  spans: readonly PartitionSpan[],
  group: string,
): AsyncGenerator<PartMessages> {
  const open = new Set(
    [...spans.entries()].filter(([, { first, next }]) => next > first).map(([partition]) => partition),
  )
  if (open.size === 0) return
  const parts = new Channel<PartMessages>()
  const consumer = kafka.consumer({ groupId: group, allowAutoTopicCreation: false })
  consumer.on('consumer.crash', ({ payload }) => {
    if (!payload.restart) parts.end({ error: payload.error })
  })
  await consumer.connect()
  await consumer.subscribe({ topics: [topic], fromBeginning: true })
  await consumer.run({
    autoCommit: false,
    eachBatch: async ({ batch }) => {
      const { next } = spans[batch.partition]
      const messages = readMessages(batch.messages).filter(({ offset }) => offset < next)
      if (messages.length > 0) await parts.push({ partition: batch.partition, messages })
      if (Number(batch.lastOffset()) >= next - 1) open.delete(batch.partition)
      if (open.size === 0) parts.end()
    },
  })
  try {
    yield* parts
  } finally {
    await consumer.disconnect()
    await deleteGroup(kafka, group)
  }
}

async function deleteGroup(kafka: Kafka, group: string): Promise<void> {
  const admin = kafka.admin()
  try {
    await admin.connect()
    await admin.deleteGroups([group])
  } catch {
    // It expires by itself.
  } finally {
    await admin.disconnect()
  }
}
