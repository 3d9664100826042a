import { writeRow } from '../batch/row-codec.ts'
import { MemoryBroker } from '../broker/memory-broker.ts'
import { loadDetectionModel } from '../detect/load-detection-model.ts'
import { loadPublicSuffixes } from '../dns/public-suffix.ts'
import { detectionStages } from '../pipeline/stream/detection-stages.ts'
import { LineOutput } from '../pipeline/stream/line-output.ts'
import { Replay } from '../pipeline/stream/replay.ts'
import type { LegacyScorer } from '../pipeline/stream/stage-settings.ts'
import { streamTopics } from '../pipeline/stream/topics.ts'
import { StreamWorker } from '../pipeline/stream/worker.ts'
import { WorkerStatus } from '../pipeline/stream/worker-status.ts'
import { EXIT, ExitError } from './exit.ts'
import { HealthFile } from './health-file.ts'
import { appendedLines } from './line-target.ts'
import { isKafkaAddress } from './stream-place.ts'
import type { LineOptions } from './watch-options.ts'

const TOPICS = streamTopics('files', 'results')
/** Messages a partition holds that were not read: enough to keep reader and detector busy, little to hold. */
const UNREAD_MAX = 8192

/** The stream without a broker of its own: `feed` writes rows into topics in memory, a worker reads them, and the results are lines. */
export async function streamInProcess(
  { to, partitions: parts, name, state, model: path, health: healthPath }: LineOptions,
  legacy: LegacyScorer | undefined,
  feed: (replay: Replay, status: WorkerStatus) => Promise<void>,
): Promise<void> {
  if (isKafkaAddress(to))
    throw new ExitError(
      EXIT.usage,
      'Files go to a topic with wakeful replay, and from there to others with wakeful watch.',
    )
  if (state !== undefined) {
    throw new ExitError(
      EXIT.usage,
      'Files are read from their beginning each time: for history over files use wakeful scan --state.',
    )
  }
  const model = loadDetectionModel(path)
  const broker = new MemoryBroker({ unreadMax: UNREAD_MAX, now: Date.now })
  await broker.create(TOPICS.exchanges, parts)
  await broker.create(TOPICS.facts, 1)
  const status = new WorkerStatus(() => {})
  const worker = new StreamWorker({
    ...detectionStages({ model, name, topic: TOPICS.exchanges, parts, legacy }, TOPICS),
    ...{ group: 'wakeful', checkpoints: undefined, checkpointMs: Number.POSITIVE_INFINITY },
    output: new LineOutput(appendedLines(to), (messages) => broker.send(TOPICS.facts, messages)),
    ...{ watcher: status, now: Date.now },
  })
  await worker.join(broker)
  const replay = new Replay({
    ...{ parts, suffixes: loadPublicSuffixes(), encode: writeRow, pace: undefined },
    untimed: { startMs: Date.now(), stepMs: 1 },
    send: (messages) => broker.send(TOPICS.exchanges, messages),
  })
  const health = new HealthFile(healthPath, () => status.health)
  try {
    await feed(replay, status)
    await broker.idle()
    await worker.drain()
    await broker.close()
    status.end()
  } finally {
    health.end()
  }
}
