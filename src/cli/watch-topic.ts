import { BrokerOutput } from '../pipeline/stream/broker-output.ts'
import { CheckpointFolder } from '../pipeline/stream/checkpoint-folder.ts'
import { detectionStages } from '../pipeline/stream/detection-stages.ts'
import type { LegacyScorer } from '../pipeline/stream/stage-settings.ts'
import { createOwnTopics, streamTopics } from '../pipeline/stream/topics.ts'
import { StreamWorker } from '../pipeline/stream/worker.ts'
import { WorkerStatus } from '../pipeline/stream/worker-status.ts'
import { EXIT, ExitError } from './exit.ts'
import { HealthFile } from './health-file.ts'
import { learnedLoader } from './learned-versions.ts'
import { say } from './say.ts'
import { isKafkaAddress, kafkaAddress, openBroker } from './stream-place.ts'
import { claimFolder, modelOf, partitionsOf, topicOf } from './stream-state.ts'
import { untilSignalled } from './until-signalled.ts'
import type { LineOptions } from './watch-options.ts'

/** One worker of the group that detects on a topic. */
export async function watchTopic(options: LineOptions, legacy: LegacyScorer | undefined): Promise<void> {
  const { to, group, name } = options
  const { source, state } = topicOf(options)
  if (!isKafkaAddress(to))
    throw new ExitError(
      EXIT.usage,
      'What is read from a topic is written to topics: name one with --to kafka://HOST:PORT/TOPIC',
    )
  const target = kafkaAddress(to)
  const { model, folder } = modelOf(options.model, state)
  const status = new WorkerStatus(say)
  const health = new HealthFile(options.health, () => status.health)
  const broker = await openBroker(source, status)
  const sameBroker = source.brokers.join() === target.brokers.join()
  const outputBroker = sameBroker ? broker : await openBroker(target, status)
  try {
    const topics = streamTopics(source.topic, target.topic)
    const parts = await partitionsOf(broker, source.topic, status)
    const checkpoints = new CheckpointFolder(folder, { modelVersion: model.version, name, parts })
    claimFolder(checkpoints, source.topic)
    await createOwnTopics(broker, outputBroker, topics, parts)
    const learned = learnedLoader(state, status)
    const worker = new StreamWorker({
      ...detectionStages({ model, name, topic: source.topic, parts, legacy, learned }, topics),
      ...{ group, checkpoints, checkpointMs: options.checkpointEvery * 1000 },
      ...{ output: new BrokerOutput(broker, outputBroker, topics), watcher: status, now: () => performance.now() },
    })
    await worker.join(broker)
    // It gives up when the broker is closed, and only then.
    const ticks = setInterval(() => void worker.tick().catch(() => {}), 1000)
    await untilSignalled()
    clearInterval(ticks)
    say('ending: the batch under way is finished, and all state is kept.')
    await worker.drain()
    status.end()
  } finally {
    health.end()
    await broker.close()
    if (!sameBroker) await outputBroker.close()
  }
}
