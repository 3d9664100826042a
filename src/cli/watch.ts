import { join } from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import { VersionFolder } from '../adapt/version-folder.ts'
import type { DetectionModel } from '../detect/detection-model.ts'
import { loadDetectionModel } from '../detect/load-detection-model.ts'
import { SnapshotError } from '../detect/snapshot.ts'
import { BrokerOutput } from '../pipeline/stream/broker-output.ts'
import { CheckpointFolder } from '../pipeline/stream/checkpoint-folder.ts'
import { loadLegacyScorer } from '../pipeline/stream/legacy-scorer.ts'
import type { LegacyScorer } from '../pipeline/stream/stage-settings.ts'
import { createOwnTopics, streamTopics } from '../pipeline/stream/topics.ts'
import { StreamWorker } from '../pipeline/stream/worker.ts'
import { WorkerStatus } from '../pipeline/stream/worker-status.ts'
import { EXIT, ExitError } from './exit.ts'
import { HealthFile } from './health-file.ts'
import { modelsIn } from './model-versions.ts'
import { nonEmpty } from './options.ts'
import { readModel } from './read-model.ts'
import { say } from './say.ts'
import { isKafkaAddress, kafkaAddress, openBroker } from './stream-place.ts'
import { untilSignalled } from './until-signalled.ts'
import { watchFiles } from './watch-files.ts'
import type { WatchOptions } from './watch-options.ts'

const EXAMPLES = `
Examples:
  wakeful watch --from samples
  wakeful watch --from kafka://localhost:9092/ml-raw-dns --to kafka://localhost:9092/ml-dns-predictions --state state

Any number of workers may run with the same --group and --state: they share the partitions out, and what is found does
not depend on how many there are. SIGTERM ends a worker after the batch under way; nothing is lost by any other end.
WAKEFUL_KAFKA_SASL, _USER, _PASSWORD (or _PASSWORD_FILE) and _CA_FILE say who we are to a broker that asks.

Exit: 0 done, also by SIGTERM; 64 wrong usage; 65 nothing could be read; 74 output could not be written; 78 wrong
configuration, or a state made with another model; 1 anything else.`

/** `wakeful watch`: detection on a stream, as it comes. */
export function addWatch(command: Command): void {
  command
    .description(
      'Reads exchanges from a topic of Apache Kafka, or replays files in process, and writes a prediction for each and an incident for each domain that data leaves by, with revisions as it goes on.',
    )
    .requiredOption('--from <place...>', 'kafka://HOST:PORT/TOPIC; or captures, logs and folders', nonEmptyEach)
    .option('--to <place>', 'kafka://HOST:PORT/TOPIC, a file to append to, or - for standard output', nonEmpty, '-')
    .option('--state <folder>', 'checkpoints, shared by all workers of the group; a topic needs one', nonEmpty)
    .option('--group <name>', 'consumer group', nonEmpty, 'wakeful')
    .option('--name <observation>', 'name of the observation, part of incident ids', nonEmpty, 'default')
    .option('--model <path>', 'model folder made by wakeful train, instead of the one that ships', nonEmpty)
    .option(
      '--legacy-model <file>',
      'model file for rows of the original features, as wakeful train --model makes it',
      nonEmpty,
    )
    .option('--health <file>', 'write state, lag and counts there every second, as JSON', nonEmpty)
    .option('--checkpoint-every <seconds>', 'time between checkpoints of a partition', seconds, 5)
    .option('--partitions <n>', 'of files: partitions of the topic in process', positive, 4)
    .addHelpText('after', EXAMPLES)
    .action(async (options: WatchOptions) => {
      if (options.from.some(isKafkaAddress)) await watchTopic(options)
      else await watchFiles(options, legacyOf(options))
    })
}

async function watchTopic(options: WatchOptions): Promise<void> {
  const { from, to, state, group, name } = options
  if (from.length > 1) throw new ExitError(EXIT.usage, 'One worker reads one topic: name it alone with --from.')
  if (!isKafkaAddress(to))
    throw new ExitError(
      EXIT.usage,
      'What is read from a topic is written to topics: name one with --to kafka://HOST:PORT/TOPIC',
    )
  if (state === undefined) {
    throw new ExitError(EXIT.usage, 'A stream needs --state FOLDER, so that what is known outlives this process.')
  }
  const source = kafkaAddress(from[0])
  const target = kafkaAddress(to)
  const { model, folder } = modelOf(options.model, state)
  const legacy = legacyOf(options)
  const status = new WorkerStatus(say)
  const health = new HealthFile(options.health, () => status.health)
  const broker = await openBroker(source, status)
  const sameBroker = source.brokers.join() === target.brokers.join()
  const outputBroker = sameBroker ? broker : await openBroker(target, status)
  try {
    const topics = streamTopics(source.topic, target.topic)
    const parts = await partitionsOf(broker, source.topic, status)
    const checkpoints = new CheckpointFolder(folder, { modelVersion: model.version, name, parts })
    claim(checkpoints, source.topic)
    await createOwnTopics(broker, outputBroker, topics, parts)
    const worker = new StreamWorker({
      ...{ model, name, topic: source.topic, parts, legacy, topics, group, checkpoints },
      checkpointMs: options.checkpointEvery * 1000,
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

/**
 * The model that has the say, and where the state under it lies: what is known is only worth what the model made of it, so a version
 * that was promoted begins with the topic's beginning, and one that is rolled back to goes on where it was.
 */
function modelOf(path: string | undefined, state: string): { model: DetectionModel; folder: string } {
  const versions = new VersionFolder(modelsIn(state))
  const { current } = versions.standing()
  if (path !== undefined || current === undefined) return { model: loadDetectionModel(path), folder: state }
  say(`the promoted version ${current} has the say.`)
  return { model: loadDetectionModel(versions.path(current)), folder: join(state, `with-${current}`) }
}

function claim(checkpoints: CheckpointFolder, topic: string): void {
  try {
    checkpoints.claim(topic)
  } catch (error) {
    if (error instanceof SnapshotError) throw new ExitError(EXIT.configuration, error.message, { cause: error })
    throw error
  }
}

/** Partitions of a topic, once it exists. */
async function partitionsOf(
  broker: Awaited<ReturnType<typeof openBroker>>,
  topic: string,
  status: WorkerStatus,
): Promise<number> {
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

function legacyOf({ legacyModel }: WatchOptions): LegacyScorer | undefined {
  return legacyModel === undefined ? undefined : loadLegacyScorer(readModel(legacyModel), legacyModel)
}

function nonEmptyEach(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, nonEmpty(value)]
}

function seconds(value: string): number {
  if (!/^\d{1,6}(\.\d{1,3})?$/.test(value)) throw new InvalidArgumentError('It has to be a number of seconds.')
  return Number(value)
}

function positive(value: string): number {
  if (!/^[1-9]\d{0,3}$/.test(value)) throw new InvalidArgumentError('It has to be a whole number from 1 to 9999.')
  return Number(value)
}
