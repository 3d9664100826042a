import { readFileSync } from 'node:fs'
import { type Command, InvalidArgumentError } from 'commander'
import { LoopbackError } from '../lab/loopback/assert-loopback.ts'
import { FILE_OCTETS_MAX, type LoopbackTransfer, runTransfer } from '../lab/loopback/run-transfer.ts'
import { makePayload } from '../lab/payload.ts'
import { TRAFFIC_DEFAULTS } from '../lab/traffic/plan.ts'
import type { SentExchange } from '../lab/traffic/sent-exchange.ts'
import { createRandom } from '../stats/random.ts'
import { EXIT, ExitError } from './exit.ts'
import { interruptible } from './interrupt.ts'
import { writeTraffic } from './lab-folder.ts'
import { nonEmpty } from './options.ts'
import { say } from './say.ts'

interface RunOptions {
  readonly out: string
  readonly seed: number
  readonly file?: string
  readonly to: string
  readonly zone: string
}

const SEEDED_OCTETS = 4096
/** The capture shows the port that a name server stands on; only root could stand there. */
const SHOWN_PORT = 53

/** `wakeful lab run`: a file that really leaves, over sockets of this machine's loopback. */
export function addLabRun(command: Command): void {
  command
    .summary('send a file as DET does, over sockets of the loopback, and compare its MD5 at the end')
    .requiredOption('-o, --out <folder>', 'folder for traffic.pcap, dns.log, conn.log and truth.ndjson', nonEmpty)
    .option('--seed <n>', 'seed of the file, the job and the cipher', seed, 1)
    .option('--file <path>', 'file to send, 1 MiB at most; a PDF of 4 KiB made from the seed if absent', nonEmpty)
    .option('--to <address>', 'address of the name server that is started: 127.0.0.0/8 or ::1', nonEmpty, '127.0.0.1')
    .option('--zone <domain>', 'domain to ask under: .test, .example or .invalid', nonEmpty, 'google.example')
    .action(async (options: RunOptions) => {
      process.exitCode = await interruptible((signal) => run(options, signal))
    })
}

async function run({ out, seed: chosen, file, to, zone }: RunOptions, signal: AbortSignal): Promise<number> {
  const octets = file === undefined ? makePayload('pdf', SEEDED_OCTETS, createRandom(chosen)) : readFileSync(file)
  if (octets.length > FILE_OCTETS_MAX) {
    throw new ExitError(
      EXIT.usage,
      `${file} has ${octets.length} octets, and ${FILE_OCTETS_MAX} are sent at most: name a smaller one.`,
    )
  }
  const bar = process.stderr.isTTY
  const tell = (done: number, all: number) => {
    if (bar && (done % 20 === 0 || done === all))
      process.stderr.write(`\r\x1b[K${done} of ${all} questions${done === all ? '\n' : ''}`)
  }
  const settings = { address: to, zone, seed: chosen, now: Date.now }
  const transfer = await attempt(() => runTransfer(octets, settings, tell))
  const plan = { ...TRAFFIC_DEFAULTS, seed: chosen, styles: ['det'] }
  await writeTraffic(
    out,
    plan,
    transfer.asked.map((one, i) => exchangeOf(one, i, octets.length)),
    signal,
  )
  const { sentMd5, arrivedMd5, announcedMd5, asked } = transfer
  const isEqual = arrivedMd5 === sentMd5 && announcedMd5 === sentMd5
  say(
    `sent ${sentMd5} in ${asked.length} questions, arrived ${arrivedMd5 ?? 'not whole'}: ${isEqual ? 'equal' : 'not equal'}.`,
  )
  return isEqual ? EXIT.done : EXIT.other
}

type AskedOne = LoopbackTransfer['asked'][number]

function exchangeOf(
  { from, to, query, response, askedMs, answeredMs, qname, id }: AskedOne,
  nth: number,
  octets: number,
): SentExchange {
  return {
    ...{ timeMs: askedMs, client: 0, qname, qtype: 1, rcode: 0, answers: undefined, from, id, query, response },
    ...{
      to: { ...to, port: SHOWN_PORT },
      truncated: false,
      ttlSeconds: 60,
      roundTripMs: answeredMs - askedMs,
      againMs: undefined,
    },
    transfer: { id: 'det-1', style: 'det', payloadOctets: nth === 0 ? octets : 0, decoy: false },
  }
}

async function attempt<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    // What the lab refuses, and a zone or file that the style cannot carry.
    if (error instanceof LoopbackError) throw new ExitError(EXIT.usage, error.message, { cause: error })
    if (error instanceof Error && !('code' in error))
      throw new ExitError(EXIT.usage, `${error.message}.`, { cause: error })
    throw error
  }
}

function seed(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError('It has to be a whole number.')
  return Number(value)
}
