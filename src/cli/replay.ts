import { type Command, InvalidArgumentError, Option } from 'commander'
import { writeRow } from '../batch/row-codec.ts'
import { Channel } from '../broker/channel.ts'
import { loadPublicSuffixes } from '../dns/public-suffix.ts'
import { Pace } from '../pipeline/stream/pace.ts'
import { Replay, type ReplayOptions } from '../pipeline/stream/replay.ts'
import { replayInputs } from '../pipeline/stream/replay-inputs.ts'
import { exchangeMessage } from '../sinks/messages/exchange.ts'
import { countWords } from '../sinks/words.ts'
import { EXIT, ExitError } from './exit.ts'
import { interruptible } from './interrupt.ts'
import { addReadOptions, nonEmpty, type ReadOptions, sourceOptions } from './options.ts'
import { writeOut } from './output.ts'
import { readInputs } from './read-inputs.ts'
import { runRepartition } from './repartition.ts'
import { say } from './say.ts'
import { isKafkaAddress, kafkaAddress, openBroker } from './stream-place.ts'
import { demandSomethingRead } from './tell-inputs.ts'
import { writePieces } from './write-whole.ts'

const ENCODINGS = { json: exchangeMessage, binary: writeRow } as const
type Encoding = keyof typeof ENCODINGS

interface ReplayVerbOptions extends ReadOptions {
  readonly to: string
  readonly rate?: number
  readonly encoding: Encoding
  readonly partitions: number
  readonly start?: number
}

const EXAMPLES = `
Examples:
  wakeful replay samples --to kafka://localhost:9092/ml-raw-dns
  wakeful replay names.csv --to kafka://localhost:9092/ml-raw-dns --rate 20000
  wakeful replay samples/det.pcap.gz --to messages.ndjson
  wakeful replay kafka://localhost:9092/unkeyed --to kafka://localhost:9092/ml-raw-dns   until SIGTERM

Exit: 0 done; 64 wrong usage; 65 nothing could be read; 74 output could not be written; 78 wrong configuration;
1 anything else.`

/** `wakeful replay`: captures and logs into a topic, one message an exchange, keyed by registered domain. */
export function addReplay(command: Command): void {
  addReadOptions(command)
    .description(
      'Reads captures, logs or lists and writes each exchange as a message to a topic, in order of time and keyed by registered domain, for `wakeful watch` or anybody else to read. A topic whose producers use other keys, or none, is passed on the same way, as it comes.',
    )
    .requiredOption('--to <place>', 'kafka://HOST:PORT/TOPIC, a file, or - for standard output', nonEmpty)
    .option('--rate <n>', 'messages a second at most; as fast as they are taken if absent', positive)
    .addOption(
      new Option('--encoding <encoding>', 'how messages are written').choices(Object.keys(ENCODINGS)).default('json'),
    )
    .option('--partitions <n>', 'partitions of the topic, where it has to be made', positive, 8)
    .option(
      '--start <time>',
      'time of the first row of inputs without times, as in 2026-11-26T09:00:00Z; now if absent',
      time,
    )
    .addHelpText('after', EXAMPLES)
    .action(async (inputs: string[], options: ReplayVerbOptions) => {
      const topics = inputs.filter(isKafkaAddress)
      if (topics.length === 0) await interruptible((signal) => runReplay(inputs, options, signal))
      else if (inputs.length > 1)
        throw new ExitError(EXIT.usage, 'A topic is passed on alone: name no other input beside it.')
      else await runRepartition(topics[0], options.to, options.partitions)
    })
}

async function runReplay(inputs: readonly string[], options: ReplayVerbOptions, signal: AbortSignal): Promise<void> {
  const { to, rate, start = Date.now() } = options
  const pace = rate === undefined ? undefined : new Pace(rate, () => performance.now(), sleep)
  const common = {
    ...{ suffixes: loadPublicSuffixes(), encode: ENCODINGS[options.encoding], pace },
    untimed: { startMs: start, stepMs: rate === undefined ? 1 : 1000 / rate },
  }
  const read = (replay: Replay) =>
    readInputs(inputs, options, { dedupeContent: true }, (found) =>
      replayInputs(found, sourceOptions(options), replay, signal),
    )
  const toKafka = async () => {
    const { topic, ...address } = kafkaAddress(to)
    const broker = await openBroker({ topic, ...address })
    try {
      await broker.create(topic, options.partitions)
      const parts = (await broker.spans(topic))!.length
      const replay = new Replay({ ...common, parts, send: (messages) => broker.send(topic, messages) })
      const counts = await read(replay)
      return { counts, replay }
    } finally {
      await broker.close()
    }
  }
  const { counts, replay } = isKafkaAddress(to) ? await toKafka() : await toFile(to, options, common, read, signal)
  demandSomethingRead(inputs, counts)
  say(`${countWords(replay.messages, 'message')} written to ${isKafkaAddress(to) ? kafkaAddress(to).topic : to}.`)
}

/** Lines of a file, one a message: what a topic of one partition would hold. */
async function toFile(
  path: string,
  { encoding }: ReplayVerbOptions,
  common: Omit<ReplayOptions, 'parts' | 'send'>,
  read: (replay: Replay) => ReturnType<typeof replayInputs>,
  signal: AbortSignal,
) {
  if (encoding === 'binary')
    throw new ExitError(EXIT.usage, 'A file of messages has a line each: leave out --encoding binary')
  const lines = new Channel<string>()
  const replay = new Replay({
    ...common,
    parts: 1,
    send: (messages) => lines.push(messages.map(({ value }) => `${String(value)}\n`).join('')),
  })
  const reading = read(replay)
  // What goes wrong while reading goes wrong while writing, so that there is no half of a file.
  reading.then(
    () => lines.end(),
    (error: unknown) => lines.end({ error }),
  )
  if (path === '-') await writeOut(lines)
  else await writePieces(path, lines, signal)
  return { counts: await reading, replay }
}

function sleep(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms))
}

function positive(value: string): number {
  if (!/^[1-9]\d{0,8}$/.test(value)) throw new InvalidArgumentError('It has to be a whole number above zero.')
  return Number(value)
}

function time(value: string): number {
  const timeMs = Date.parse(value)
  if (Number.isNaN(timeMs)) throw new InvalidArgumentError('Write a time as in 2026-11-26T09:00:00Z.')
  return timeMs
}
