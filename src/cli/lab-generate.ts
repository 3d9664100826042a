import { readFileSync } from 'node:fs'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { NAME_OCTETS_MAX, parseName } from '../dns/name.ts'
import { parseType } from '../dns/types.ts'
import { CARRIER_TYPES } from '../lab/traffic/answers.ts'
import { composeTraffic } from '../lab/traffic/compose.ts'
import {
  BENIGN_MIXES,
  type BenignMix,
  DIRECTIONS,
  type Direction,
  PlanError,
  TRAFFIC_DEFAULTS,
  type TrafficPlan,
} from '../lab/traffic/plan.ts'
import { sendExchange } from '../lab/traffic/sent-exchange.ts'
import { STYLE_NAMES } from '../lab/traffic/styles.ts'
import { createRandom } from '../stats/random.ts'
import { EXIT, ExitError } from './exit.ts'
import { interruptible } from './interrupt.ts'
import { writeTraffic } from './lab-folder.ts'
import { nonEmpty } from './options.ts'
import { say } from './say.ts'

interface GenerateOptions {
  readonly out: string
  readonly style: readonly string[]
  readonly benign: BenignMix
  readonly names?: string
  readonly minutes: number
  readonly seed: number
  readonly transfers: number
  readonly rate?: number
  readonly direction: Direction
  readonly domains: number
  readonly hosts: number
  readonly decoys: number
  readonly types: readonly number[]
  readonly clients: number
  readonly benignRatio: number
  readonly start: number
}

/** What is drawn for each exchange has a seed of its own, so that it is the same whatever is asked. */
const SEND_SEED = 0x5e4d
const { minutes, seed, transfers, domains, hosts, decoys, clients, benignRatio, startMs } = TRAFFIC_DEFAULTS

/** `wakeful lab generate`: traffic from nothing but a plan and a seed. */
export function addLabGenerate(command: Command): void {
  command
    .summary('make traffic without a network: the same seed, the same octets')
    .requiredOption('-o, --out <folder>', 'folder for traffic.pcap, dns.log, conn.log and truth.ndjson', nonEmpty)
    .option('--style <list>', `tools and encodings, joined by commas: ${STYLE_NAMES.join(' ')}`, list, [])
    .addOption(new Option('--benign <mix>', 'benign traffic beside it').choices(BENIGN_MIXES).default('mix'))
    .option('--names <file>', "names of your own, one a line, asked as sites' are", nonEmpty)
    .option('--minutes <n>', 'how long it goes on', number(0.1, 100_000), minutes)
    .option('--seed <n>', 'seed of all that is drawn', whole(0, 2 ** 31), seed)
    .option('--transfers <n>', 'transfers of each style', whole(1, 1000), transfers)
    .option('--rate <rate>', 'questions a second of a transfer, or as 1/h; drawn for each (.2 to 20) if absent', rate)
    .addOption(new Option('--direction <way>', 'which way the payload goes').choices(DIRECTIONS).default('up'))
    .option('--domains <n>', 'domains that one transfer spreads over', whole(1, 1000), domains)
    .option('--hosts <n>', 'clients that one transfer spreads over', whole(1, 1000), hosts)
    .option(
      '--decoys <share>',
      "ordinary questions under the tunnel's domain to each of its own",
      number(0, 10),
      decoys,
    )
    .option('--types <list>', "types to ask for in place of the tool's own, joined by commas", types, [])
    .option('--clients <n>', 'clients of the network', whole(1, 40_000), clients)
    .option('--benign-ratio <n>', 'benign questions to each of a transfer', number(0, 1000), benignRatio)
    .option('--start <time>', 'what the clock says at the start, as ISO 8601', time, startMs)
    .action(async (options: GenerateOptions) => {
      await interruptible((signal) => generate(options, signal))
    })
}

async function generate(options: GenerateOptions, signal: AbortSignal): Promise<void> {
  const plan = planOf(options)
  try {
    const random = createRandom(plan.seed ^ SEND_SEED)
    const exchanges = composeTraffic(plan).map((exchange) => sendExchange(exchange, random))
    if (exchanges.length === 0) throw new PlanError('Nothing would be made: name a --style, or a --benign mix.')
    const packets = await writeTraffic(options.out, plan, exchanges, signal)
    const attack = exchanges.filter(({ transfer }) => transfer !== undefined)
    const ids = new Set(attack.map(({ transfer }) => transfer!.id))
    say(
      `${packets.toLocaleString('en-US')} packets of ${exchanges.length.toLocaleString('en-US')} exchanges, ${attack.length.toLocaleString('en-US')} of ${ids.size} transfers, in ${options.out}.`,
    )
  } catch (error) {
    if (error instanceof PlanError) throw new ExitError(EXIT.usage, error.message, { cause: error })
    throw error
  }
}

function planOf(options: GenerateOptions): TrafficPlan {
  const { style: styles, types: qtypes, start, rate: perSecond, names, ...rest } = options
  const own = names === undefined ? [] : namesIn(names)
  return { ...TRAFFIC_DEFAULTS, ...rest, styles, qtypes, rate: perSecond, names: own, startMs: start }
}

/** Names of a file, each of which can be asked; the rest is left out and told. */
function namesIn(path: string): string[] {
  const scratch = new Uint8Array(NAME_OCTETS_MAX + 1)
  const lines = readFileSync(path, 'utf8')
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
  const written = lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'))
  const names = written.filter((name) => parseName(name, scratch, 0) > 0)
  if (names.length < written.length)
    say(`${written.length - names.length} lines of ${path} are no names and are left out.`)
  return names
}

function list(value: string, before: readonly string[]): readonly string[] {
  return [...before, ...value.split(',').filter((word) => word !== '')]
}

function types(value: string): readonly number[] {
  const numbers = value.split(',').map(parseType)
  if (!numbers.every((type) => CARRIER_TYPES.includes(type))) {
    throw new InvalidArgumentError('They are A, AAAA, TXT, NULL, CNAME, MX, SRV and HTTPS.')
  }
  return numbers
}

function rate(value: string): number {
  const [, count, unit] = /^(\d+(?:\.\d+)?)(?:\/([smh]))?$/.exec(value) ?? []
  const perSecond = Number(count) / { s: 1, m: 60, h: 3600 }[unit ?? 's']!
  if (!(perSecond >= 1 / 3600 && perSecond <= 1000)) {
    throw new InvalidArgumentError('It has to be questions a second, as 20, or with a unit, as 30/m or 1/h.')
  }
  return perSecond
}

function time(value: string): number {
  const timeMs = Date.parse(value)
  if (!(timeMs >= 0 && timeMs < 2 ** 32 * 1000))
    throw new InvalidArgumentError('It has to be a time as 2026-01-05T09:00:00Z.')
  return timeMs
}

function whole(least: number, most: number): (value: string) => number {
  return (value) => {
    if (!/^\d{1,12}$/.test(value) || Number(value) < least || Number(value) > most) {
      throw new InvalidArgumentError(`It has to be a whole number from ${least} to ${most}.`)
    }
    return Number(value)
  }
}

function number(least: number, most: number): (value: string) => number {
  return (value) => {
    if (!/^\d{1,6}(\.\d{1,6})?$/.test(value) || Number(value) < least || Number(value) > most) {
      throw new InvalidArgumentError(`It has to be a number from ${least} to ${most}.`)
    }
    return Number(value)
  }
}
