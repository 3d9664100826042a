import { join } from 'node:path'
import { VersionFolder } from '../adapt/version-folder.ts'
import type { Broker } from '../broker/broker.ts'
import type { KafkaAddress } from '../broker/kafka/kafka-address.ts'
import type { DetectionModel } from '../detect/detection-model.ts'
import { loadDetectionModel } from '../detect/load-detection-model.ts'
import { SnapshotError } from '../detect/snapshot.ts'
import type { CheckpointFolder } from '../pipeline/stream/checkpoint-folder.ts'
import type { WorkerStatus } from '../pipeline/stream/worker-status.ts'
import { EXIT, ExitError } from './exit.ts'
import { modelsIn } from './model-versions.ts'
import { say } from './say.ts'
import { kafkaAddress } from './stream-place.ts'
import type { WatchOptions } from './watch-options.ts'

/** The one topic that a worker or a learner reads, and the folder where what it knows outlives it. */
export function topicOf({ from, state }: WatchOptions): { source: KafkaAddress; state: string } {
  if (from.length > 1) throw new ExitError(EXIT.usage, 'One worker reads one topic: name it alone with --from.')
  if (state === undefined) {
    throw new ExitError(EXIT.usage, 'A stream needs --state FOLDER, so that what is known outlives this process.')
  }
  return { source: kafkaAddress(from[0]), state }
}

/**
 * The model that has the say, and where the state under it lies: what is known is only worth what the model made of it, so a version
 * that was promoted begins with the topic's beginning, and one that is rolled back to goes on where it was.
 */
export function modelOf(path: string | undefined, state: string): { model: DetectionModel; folder: string } {
  const versions = new VersionFolder(modelsIn(state))
  const { current } = versions.standing()
  if (path !== undefined || current === undefined) return { model: loadDetectionModel(path), folder: state }
  say(`the promoted version ${current} has the say.`)
  return { model: loadDetectionModel(versions.path(current)), folder: join(state, `with-${current}`) }
}

/** Says that the folder is for this model and topic; refuses one that is for others. */
export function claimFolder(checkpoints: CheckpointFolder, topic: string): void {
  try {
    checkpoints.claim(topic)
  } catch (error) {
    if (error instanceof SnapshotError) throw new ExitError(EXIT.configuration, error.message, { cause: error })
    throw error
  }
}

/** Partitions of a topic, once it exists. */
export async function partitionsOf(broker: Broker, topic: string, status: WorkerStatus): Promise<number> {
  for (let told = false; ; told = true) {
    const spans = await broker.spans(topic)
    if (spans) {
      if (told) status.onRecovered()
      return spans.length
    }
    if (!told)
      status.onTrouble(`The topic ${topic} does not exist: create it, or start whoever writes to it; it is waited for.`)
    await new Promise((done) => setTimeout(done, 1000))
  }
}
