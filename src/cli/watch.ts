import { type Command, InvalidArgumentError, Option } from 'commander'
import { LEARNER_NAMES } from '../models/online/index.ts'
import { loadLegacyScorer } from '../pipeline/stream/legacy-scorer.ts'
import type { LegacyScorer } from '../pipeline/stream/stage-settings.ts'
import { LIVE_KINDS, parseLivePlace } from '../sources/live/live-input.ts'
import { EXIT, ExitError } from './exit.ts'
import { nonEmpty } from './options.ts'
import { readModel } from './read-model.ts'
import { isKafkaAddress } from './stream-place.ts'
import { watchFiles } from './watch-files.ts'
import { watchLearner } from './watch-learner.ts'
import { watchLogs } from './watch-logs.ts'
import type { WatchOptions } from './watch-options.ts'
import { watchTopic } from './watch-topic.ts'

const EXAMPLES = `
Examples:
  wakeful watch --from samples
  wakeful watch --from zeek:/opt/zeek/logs/current eve:/var/log/suricata/eve.json --to incidents.ndjson      until SIGTERM
  wakeful watch --from kafka://localhost:9092/ml-raw-dns --to kafka://localhost:9092/ml-dns-predictions --state state
  wakeful watch --from kafka://localhost:9092/ml-raw-dns --state state --learn      beside the workers: learns, and makes versions

Any number of workers may run with the same --group and --state: they share the partitions out, and what is found does
not depend on how many there are. SIGTERM ends a worker after the batch under way; nothing is lost by any other end.
One process more may learn (--learn): from wakeful feedback, from accounts far past their line, from domains long harmless. What it
learns stands as a shadow until rows show that it deserves the say: wakeful model promote --learned, or --promote-proven.
WAKEFUL_KAFKA_SASL, _USER, _PASSWORD (or _PASSWORD_FILE) and _CA_FILE say who we are to a broker that asks.

Exit: 0 done, also by SIGTERM; 64 wrong usage; 65 nothing could be read; 74 output could not be written; 78 wrong
configuration, or a state made with another model; 1 anything else.`

/** `wakeful watch`: detection on a stream, as it comes. */
export function addWatch(command: Command): void {
  command
    .description(
      'Reads exchanges from a topic of Apache Kafka, follows logs as they grow, or replays files in process, and writes a prediction for each and an incident for each domain that data leaves by, with revisions as it goes on.',
    )
    .requiredOption(
      '--from <place...>',
      `kafka://HOST:PORT/TOPIC; logs to follow as they grow, as KIND:PATH (${LIVE_KINDS.join(', ')}); or files and folders`,
      nonEmptyEach,
    )
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
    .addOption(
      new Option('--learn [learner]', 'learn in place of detecting').choices(LEARNER_NAMES).preset('adaptive-forest'),
    )
    .option('--promote-proven', 'of --learn: give a version the say by itself, once rows show that it deserves it')
    .option('--labels-a-version <n>', 'of --learn: labels after which a version is made', positive, 100)
    .option('--seed <n>', 'of --learn: seed of the learner', whole, 1)
    .addHelpText('after', EXAMPLES)
    .action(async (options: WatchOptions) => {
      const isTopic = options.from.some(isKafkaAddress)
      if (options.learn !== undefined && !isTopic) {
        throw new ExitError(
          EXIT.usage,
          'Learning needs a topic: a version takes effect in its log. Name one with --from kafka://HOST:PORT/TOPIC',
        )
      }
      const places = options.from.flatMap((place) => parseLivePlace(place) ?? [])
      if (places.length > 0 && places.length < options.from.length) {
        throw new ExitError(
          EXIT.usage,
          'Logs that grow are followed by themselves: name the files, or the topic, in a wakeful watch of their own.',
        )
      }
      if (options.learn !== undefined) await watchLearner(options)
      else if (places.length > 0) await watchLogs(places, options, legacyOf(options))
      else if (isTopic) await watchTopic(options, legacyOf(options))
      else await watchFiles(options, legacyOf(options))
    })
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

function whole(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError('It has to be a whole number.')
  return Number(value)
}
