import { DnsBatch } from '../batch/dns-batch.ts'
import type { Broker } from '../broker/broker.ts'
import { decodeMessage } from '../sources/messages/index.ts'
import type { DataSet } from './data-set.ts'
import { readLegacyTexts } from './legacy-csv.ts'
import { addLegacy, legacyBuilder } from './load-legacy.ts'
import { ManifestError } from './manifest.ts'

/**
 * The rows of the original system's table in a topic, label last, up to what is its end now: partition after partition,
 * each in its order, so that a topic gives the same table each time. Held in memory whole. Exchanges carry no label and
 * are left out, as is whatever else cannot be read. Throws a {@link ManifestError} where nothing is left, or no topic.
 */
export async function loadTopic(broker: Broker, topic: string): Promise<DataSet> {
  if ((await broker.spans(topic)) === undefined) {
    throw new ManifestError(`There is no topic ${topic}: make it, and send labelled rows of the original table to it.`)
  }
  const builder = legacyBuilder()
  const partitions: string[][] = []
  const batch = new DnsBatch()
  for await (const { partition, messages } of broker.readAll(topic)) {
    partitions[partition] ??= []
    for (const { value } of messages) {
      batch.clear()
      const read = decodeMessage(value, batch)
      if (read.kind === 'legacy') partitions[partition].push(read.text)
      else if (read.kind === 'refused') builder.leaveOut(read.reason)
      else if (read.kind === 'row') builder.leaveOut('label-missing')
    }
  }
  addLegacy(readLegacyTexts(partitions.flat()), { network: topic, split: 'train', family: 'unknown' }, builder)
  const set = builder.build()
  if (set.y.length > 0) return set
  throw new ManifestError(`The topic ${topic} holds no rows of the original table with their label as last field.`)
}
