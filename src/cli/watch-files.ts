import { writeRow } from '../batch/row-codec.ts'
import { MemoryBroker } from '../broker/memory-broker.ts'
import { loadDetectionModel } from '../detect/load-detection-model.ts'
import { loadPublicSuffixes } from '../dns/public-suffix.ts'
import { RESPONSE_WAIT_MS } from '../pipeline/scan.ts'
import { detectionStages } from '../pipeline/stream/detection-stages.ts'
import { LineOutput } from '../pipeline/stream/line-output.ts'
import { Replay } from '../pipeline/stream/replay.ts'
import { replayInputs } from '../pipeline/stream/replay-inputs.ts'
import type { LegacyScorer } from '../pipeline/stream/stage-settings.ts'
import { streamTopics } from '../pipeline/stream/topics.ts'
import { StreamWorker } from '../pipeline/stream/worker.ts'
import { WorkerStatus } from '../pipeline/stream/worker-status.ts'
import { EXIT, ExitError } from './exit.ts'
import { interruptible } from './interrupt.ts'
import { appendedLines } from './line-target.ts'
import { readInputs } from './read-inputs.ts'
import { isKafkaAddress } from './stream-place.ts'
import { demandSomethingRead } from './tell-inputs.ts'
import type { WatchOptions } from './watch-options.ts'

const TOPICS = streamTopics('files', 'results')
/** Messages a partition holds that were not read: enough to keep reader and detector busy, little to hold. */
const UNREAD_MAX = 8192

/** The same stream in this process: files are replayed into topics in memory, and the results are lines. */
export async function watchFiles(options: WatchOptions, legacy: LegacyScorer | undefined): Promise<void> {
  const { from, to, partitions: parts, name } = options
  if (isKafkaAddress(to))
    throw new ExitError(
      EXIT.usage,
      'Files go to a topic with wakeful replay, and from there to others with wakeful watch.',
    )
  if (options.state !== undefined) {
    throw new ExitError(
      EXIT.usage,
      'Files are read from their beginning each time: for history over files use wakeful scan --state.',
    )
  }
  await interruptible(async (signal) => {
    const model = loadDetectionModel(options.model)
    const broker = new MemoryBroker({ unreadMax: UNREAD_MAX, now: Date.now })
    await broker.create(TOPICS.exchanges, parts)
    await broker.create(TOPICS.facts, 1)
    const target = appendedLines(to)
    const output = new LineOutput(target, (messages) => broker.send(TOPICS.facts, messages))
    const worker = new StreamWorker({
      ...detectionStages({ model, name, topic: TOPICS.exchanges, parts, legacy }, TOPICS),
      ...{ group: 'wakeful', output },
      ...{
        checkpoints: undefined,
        checkpointMs: Number.POSITIVE_INFINITY,
        watcher: new WorkerStatus(() => {}),
        now: Date.now,
      },
    })
    await worker.join(broker)
    const replay = new Replay({
      ...{ parts, suffixes: loadPublicSuffixes(), encode: writeRow, pace: undefined },
      untimed: { startMs: Date.now(), stepMs: 1 },
      send: (messages) => broker.send(TOPICS.exchanges, messages),
    })
    const settings = { ports: [], responseWaitMs: RESPONSE_WAIT_MS }
    const counts = await readInputs(from, { port: [] }, { dedupeContent: true }, (found) =>
      replayInputs(found, settings, replay, signal),
    )
    demandSomethingRead(from, counts)
    await broker.idle()
    await worker.drain()
    await broker.close()
  })
}
