import { parseAddress } from '../../batch/address.ts'
import { TRANSPORT } from '../../batch/dns-batch.ts'
import { CONN_STATES, type FlowBatch } from '../../batch/flow-batch.ts'
import { hashFlowId } from '../../stats/flow-hash.ts'
import { hashed } from '../../stats/hash.ts'
import { countProblem } from '../logs/log-problem.ts'
import { scanTimeMs } from '../logs/scan-time.ts'
import type { InputCounts } from '../source.ts'
import type { ConnCells } from './conn-fields.ts'

/** Letters kept of a history and of a service: Zeek writes fewer, and a log must not fill memory. */
const HISTORY_MAX = 64
const SERVICE_MAX = 64
const STATE_OF: ReadonlyMap<string, number> = new Map(CONN_STATES.map((name, i) => [name, i]))
const COUNT_MAX = Number.MAX_SAFE_INTEGER

const octets = Buffer.alloc(1024)

/** Appends the flow of a line of conn.log; false, counted, where it has no time. */
export function appendConn(
  cells: ConnCells,
  batch: FlowBatch,
  input: number,
  position: number,
  counts: InputCounts,
): boolean {
  const timeMs = timeOf(cells.ts)
  if (Number.isNaN(timeMs)) {
    countProblem(counts, 'time-invalid')
    return false
  }
  const row = batch.addRow()
  batch.timeMs[row] = timeMs
  batch.input[row] = input
  batch.position[row] = position
  for (const [text, to] of [
    [cells['id.orig_h'], batch.client],
    [cells['id.resp_h'], batch.server],
  ] as const) {
    if (text === undefined || !parseAddress(text, to, row * 16)) countProblem(counts, 'address-invalid')
  }
  batch.clientPort[row] = portOf(cells['id.orig_p'])
  batch.serverPort[row] = portOf(cells['id.resp_p'])
  batch.transport[row] =
    cells.proto === 'udp' ? TRANSPORT.udp : cells.proto === 'tcp' ? TRANSPORT.tcp : TRANSPORT.unknown
  batch.durationMs[row] = 1000 * numberOf(cells.duration)
  batch.clientBytes[row] = numberOf(cells.orig_bytes)
  batch.serverBytes[row] = numberOf(cells.resp_bytes)
  batch.clientPackets[row] = numberOf(cells.orig_pkts)
  batch.serverPackets[row] = numberOf(cells.resp_pkts)
  batch.clientIpBytes[row] = numberOf(cells.orig_ip_bytes)
  batch.serverIpBytes[row] = numberOf(cells.resp_ip_bytes)
  batch.state[row] = STATE_OF.get(cells.conn_state ?? '') ?? 0
  batch.history[row] = (cells.history ?? '').slice(0, HISTORY_MAX)
  batch.service[row] = (cells.service ?? '').slice(0, SERVICE_MAX)
  if (cells.uid !== undefined) {
    hashFlowId(octets, 0, octets.write(cells.uid, 'latin1'))
    batch.flowLo[row] = hashed.lo
    batch.flowHi[row] = hashed.hi
  }
  return true
}

function timeOf(text: string | undefined): number {
  return text === undefined ? Number.NaN : scanTimeMs(octets, 0, octets.write(text.slice(0, 64), 'latin1'))
}

/** A count or a number of seconds, 0 or more; NaN where it is none. */
function numberOf(text: string | undefined): number {
  if (text === undefined || !/^\d{1,16}(\.\d{1,12})?$/.test(text)) return Number.NaN
  const value = Number(text)
  return value <= COUNT_MAX ? value : Number.NaN
}

function portOf(text: string | undefined): number {
  const port = numberOf(text)
  return port <= 0xffff ? port : 0
}
