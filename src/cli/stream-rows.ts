import type { DataKind, DataSet } from '../datasets/data-set.ts'
import { loadTopic } from '../datasets/load-topic.ts'
import { EXIT, ExitError } from './exit.ts'
import { type LabelledOptions, loadLabelled, oneSet } from './labelled-data.ts'
import { isKafkaAddress, kafkaAddress, openBroker } from './stream-place.ts'

/** The labelled rows of files, or of one topic read from its beginning to what is its end now. */
export async function streamRows(
  inputs: readonly string[],
  options: LabelledOptions & { readonly kind?: DataKind },
): Promise<DataSet> {
  if (!inputs.some(isKafkaAddress)) return oneSet((await loadLabelled(inputs, options)).sets, options.kind)
  if (inputs.length > 1) throw new ExitError(EXIT.usage, 'A topic is a stream by itself: name it alone with --stream.')
  const address = kafkaAddress(inputs[0])
  const broker = await openBroker(address)
  try {
    return await loadTopic(broker, address.topic)
  } finally {
    await broker.close()
  }
}
