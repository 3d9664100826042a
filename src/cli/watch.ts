import { type Command, InvalidArgumentError, Option } from 'commander'
import { LEARNER_NAMES } from '../models/online/index.ts'
import { loadLegacyScorer } from '../pipeline/stream/legacy-scorer.ts'
import type { LegacyScorer } from '../pipeline/stream/stage-settings.ts'
import { EXIT, ExitError } from './exit.ts'
import { nonEmpty } from './options.ts'
import { readModel } from './read-model.ts'
import { isKafkaAddress } from './stream-place.ts'
import type { WatchOptions } from './watch-options.ts'

const EXAMPLES = `
Examples:
  wakeful watch --open                                                  the dashboard, with the samples that ship
  wakeful watch --from zeek:/opt/zeek/logs/current dnstap:unix:/run/dnstap.sock eve:/var/log/suricata/eve.json
  tcpdump -i eth0 -U -w - port 53 | wakeful watch --from pcap:-
  wakeful watch -c wakeful.yaml                                         first: wakeful validate -c wakeful.yaml
  wakeful watch --from samples                                          no service: results on standard output
  wakeful watch --from zeek:/opt/zeek/logs/current eve:/var/log/suricata/eve.json --to incidents.ndjson      until SIGTERM
  wakeful watch --from kafka://localhost:9092/ml-raw-dns --to kafka://localhost:9092/ml-dns-predictions --state state
  wakeful watch --from kafka://localhost:9092/ml-raw-dns --state state --learn      beside the workers: learns, and makes versions

Live sources: zeek:FOLDER, eve:FILE, and query logs as bind:, unbound:, dnsmasq:, dnsdist: and coredns:FILE, each followed through
its rotations; dnstap:unix:PATH and dnstap:tcp:HOST:PORT, listened on; pcap:-, packets on standard input. Without --to they are
watched by a service: incidents are kept in a journal, shown on a dashboard that asks for the token of the first start, and sent to
whom the configuration names. SIGTERM ends it and loses nothing; SIGHUP reads the configuration again.

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
      'Watches DNS traffic as it happens: as a service with a dashboard and alerts, or as a worker that reads a topic of Apache Kafka, a log or files and writes a prediction for each exchange and an incident for each domain that data leaves by, with revisions as it goes on.',
    )
    .option(
      '--from <place...>',
      'kafka://HOST:PORT/TOPIC; a live source, as KIND:PLACE (below); or files and folders. None: the samples that ship',
      nonEmptyEach,
      [],
    )
    .option('-c, --config <file>', 'the service by its configuration, in YAML', nonEmpty)
    .option('--open', 'the service with its dashboard, in your browser')
    .option(
      '--listen <address>',
      'HOST:PORT of the dashboard; port 0 is any that is free (default: 127.0.0.1:8053)',
      nonEmpty,
    )
    .option('--journal <folder>', 'where the service keeps incidents, verdicts and tokens', nonEmpty)
    .option(
      '--to <place>',
      'no service: results to kafka://HOST:PORT/TOPIC, a file to append to, or - for standard output',
      nonEmpty,
    )
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
    .action(async (options: WatchOptions, command: Command) => {
      // Each way to watch loads what it needs and no more: a worker of a group has room for little else.
      const isService = options.from.length === 0 || SERVICE_OPTIONS.some((name) => options[name] !== undefined)
      if (isService || (options.to === undefined && options.from.some(looksLive))) {
        const { watchService } = await import('./watch-service.ts')
        return await watchService(options, command)
      }
      const stream = { ...options, to: options.to ?? '-' }
      const isTopic = options.from.some(isKafkaAddress)
      if (options.learn !== undefined && !isTopic) {
        throw new ExitError(
          EXIT.usage,
          'Learning needs a topic: a version takes effect in its log. Name one with --from kafka://HOST:PORT/TOPIC',
        )
      }
      if (options.learn !== undefined) await (await import('./watch-learner.ts')).watchLearner(stream)
      else if (options.from.some(looksLive))
        await (await import('./watch-logs.ts')).watchLogs(stream, legacyOf(options))
      else if (isTopic) await (await import('./watch-topic.ts')).watchTopic(stream, legacyOf(options))
      else await (await import('./watch-files.ts')).watchFiles(stream, legacyOf(options))
    })
}

/** What only a service has. */
const SERVICE_OPTIONS = ['config', 'open', 'listen', 'journal'] as const

/** Whether a place is one that never ends, as `KIND:PATH`; what kinds there are is for those to say who read them. */
function looksLive(place: string): boolean {
  return /^[a-z]{2,}:(?!\/\/)/.test(place)
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
