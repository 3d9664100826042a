import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { connLines } from '../lab/traffic/conn-log.ts'
import { packetsOf } from '../lab/traffic/packets.ts'
import type { TrafficPlan } from '../lab/traffic/plan.ts'
import type { SentExchange } from '../lab/traffic/sent-exchange.ts'
import { truthLines } from '../lab/traffic/truth.ts'
import { zeekLines } from '../lab/traffic/zeek-log.ts'
import { pcapPieces } from '../lab/wire/pcap.ts'
import { createRandom } from '../stats/random.ts'
import { EXIT, ExitError } from './exit.ts'
import { writePieces } from './write-whole.ts'

/** Seeds of what is drawn for each file: one file does not change another. */
const PACKET_SEED = 0x9ac4e7
const LOG_SEED = 0x10605

/** Writes a folder of traffic: the capture, Zeek's logs of it, and the truth, each whole or not at all. Gives the packets written. */
export async function writeTraffic(
  folder: string,
  plan: TrafficPlan,
  exchanges: readonly SentExchange[],
  signal: AbortSignal,
): Promise<number> {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (cause) {
    throw new ExitError(EXIT.io, `${folder} cannot be made: name a folder you may write to.`, { cause })
  }
  const packets = packetsOf(exchanges, createRandom(plan.seed ^ PACKET_SEED))
  const [firstMs, lastMs] = [packets[0]?.timeMs ?? 0, packets.at(-1)?.timeMs ?? 0]
  const span = { packets: packets.length, firstMs, lastMs }
  await writePieces(join(folder, 'traffic.pcap'), pcapPieces(packets), signal)
  await writePieces(join(folder, 'dns.log'), zeekLines(exchanges, createRandom(plan.seed ^ LOG_SEED)), signal)
  // The same chance twice: a row and its flow bear one id.
  await writePieces(join(folder, 'conn.log'), connLines(exchanges, createRandom(plan.seed ^ LOG_SEED)), signal)
  await writePieces(join(folder, 'MANIFEST.csv'), [manifestText(plan, exchanges)], signal)
  await writePieces(join(folder, 'truth.ndjson'), truthLines(plan, exchanges, span), signal)
  return packets.length
}

/** The capture as models train on it: its transfers' domains are attack; one without transfers is benign. */
function manifestText({ styles, benign, seed }: TrafficPlan, exchanges: readonly SentExchange[]): string {
  const attack = exchanges.filter(({ transfer }) => transfer !== undefined)
  // Zones are two labels under a reserved top-level name.
  const domains = [...new Set(attack.map(({ qname }) => qname.toLowerCase().split('.').slice(-2).join('.')))].sort()
  const label = attack.length === 0 ? 'benign' : benign === 'none' ? 'attack' : 'mixed'
  const family = attack.length === 0 ? 'generated benign' : styles.join('+')
  const cells = ['traffic.pcap', 'pcap', label, family, `generated ${seed}`, 'train', '', domains.join(';')]
  return `file,format,label,family,network,split,group,domains\n${cells.join(',')}\n`
}
