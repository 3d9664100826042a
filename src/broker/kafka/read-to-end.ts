import type { Kafka } from 'kafkajs'
import type { PartitionSpan, PartMessages } from '../broker.ts'
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
  const waiting: PartMessages[] = []
  let wake = () => {}
  let failure: Error | undefined
  let room = () => {}
  const consumer = kafka.consumer({ groupId: group, allowAutoTopicCreation: false })
  consumer.on('consumer.crash', ({ payload }) => {
    if (payload.restart) return
    failure = payload.error
    wake()
  })
  await consumer.connect()
  await consumer.subscribe({ topics: [topic], fromBeginning: true })
  await consumer.run({
    autoCommit: false,
    eachBatch: async ({ batch }) => {
      const { next } = spans[batch.partition]
      const messages = readMessages(batch.messages).filter(({ offset }) => offset < next)
      waiting.push({ partition: batch.partition, messages })
      if (Number(batch.lastOffset()) >= next - 1) open.delete(batch.partition)
      wake()
      // One batch ahead of the reader is enough.
      if (waiting.length > 1) await new Promise<void>((done) => (room = done))
    },
  })
  try {
    while (open.size > 0 || waiting.length > 0) {
      const part = waiting.shift()
      room()
      if (part) yield part
      else if (failure) throw failure
      else await new Promise<void>((done) => (wake = done))
    }
  } finally {
    room()
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
