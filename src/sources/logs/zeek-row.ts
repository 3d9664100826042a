import { MARK, TRANSPORT, VANTAGE } from '../../batch/dns-batch.ts'
import { FLAG_QR, FLAG_RD, FLAG_TC } from '../../dns/message.ts'
import { parseRcode, parseType } from '../../dns/types.ts'
import { hashFlowId } from '../../stats/flow-hash.ts'
import { hashed } from '../../stats/hash.ts'
import type { InputCounts } from '../source.ts'
import { nameScanned, scanName } from './log-name.ts'
import { countProblem } from './log-problem.ts'
import type { LogRow } from './log-row.ts'
import { isLinkLocalGroup, scanAddress } from './scan-address.ts'
import { scanCount, scanDecimal } from './scan-number.ts'
import { scanTimeMs } from './scan-time.ts'
import { FIELD, UNSET, type ZeekCells } from './zeek-fields.ts'

const FLAG_AA = 0x0400
const FLAG_RA = 0x0080

/** What of a log, rather than of a line, a row depends on. */
export interface ZeekView {
  /** The log has times, so a row without one is of no use; else a time that turns up later is none. */
  readonly timed: boolean
  /** The log cannot say what was answered. */
  readonly namesOnly: boolean
  readonly counts: InputCounts
}

/**
 * Fills a row from the cells of a line, answers left out; false, counted, where there is no row in it.
 *
 * Zeek writes one line an exchange: a query, its response if there was one. A row whose question is unset is a
 * query without a question. A row with a response but, in a column that exists, no type is what Zeek makes of an
 * announcement or of a response long after its query: a response alone, its name taken from the answer.
 */
export function fillZeekRow(cells: ZeekCells, row: LogRow, view: ZeekView): boolean {
  const { counts } = view
  row.reset()
  if (!readQuestion(cells, row, counts)) return false
  if (view.timed) {
    if (has(cells, FIELD.ts)) row.timeMs = scanTimeMs(cells.bytes, cells.starts[FIELD.ts], cells.ends[FIELD.ts])
    if (Number.isNaN(row.timeMs)) return refuse(counts, 'time-invalid')
  }
  readAddresses(cells, row, counts)
  row.qclass = count(cells, FIELD.qclass, 0xffff, 0)
  row.qtype = count(cells, FIELD.qtype, 0xffff, -1)
  if (row.qtype < 0) row.qtype = Math.max(named(cells, FIELD.qtypeName, parseType), 0)
  row.rcode = count(cells, FIELD.rcode, 0xfff, -1)
  if (row.rcode < 0) row.rcode = named(cells, FIELD.rcodeName, parseRcode)
  if (has(cells, FIELD.rtt)) {
    row.roundTripMs = scanDecimal(cells.bytes, cells.starts[FIELD.rtt], cells.ends[FIELD.rtt], 3)
  }
  readFlags(cells, row)
  const responded = row.rcode >= 0
  const announced = responded && cells.ends[FIELD.qtype] === UNSET && cells.ends[FIELD.qclass] === UNSET
  if (announced) {
    row.flags |= FLAG_QR
    // RD of a response alone is not Zeek's to tell: it writes F.
    row.vantage = row.transport === TRANSPORT.multicast ? row.vantage : VANTAGE.unknown
  } else row.marks |= MARK.query
  if (responded) row.marks |= MARK.response
  if (responded && (row.flags & FLAG_TC) !== 0) row.marks |= MARK.truncated
  if (view.namesOnly) row.marks |= MARK.namesOnly
  counts.queries += announced ? 0 : 1
  counts.responses += responded ? 1 : 0
  counts.messages += (announced ? 0 : 1) + (responded ? 1 : 0)
  return true
}

function readQuestion(cells: ZeekCells, row: LogRow, counts: InputCounts): boolean {
  const field = has(cells, FIELD.originalQuery) ? FIELD.originalQuery : FIELD.query
  if (!has(cells, field)) {
    counts.skipped++
    counts.queries++
    counts.messages++
    return false
  }
  row.nameLength = scanName(cells.bytes, cells.starts[field], cells.ends[field], row.name)
  if (row.nameLength < 0) return refuse(counts, 'name-invalid')
  if (nameScanned.lossy) row.marks |= MARK.nameLossy
  if (nameScanned.ambiguous) {
    row.marks |= MARK.malformed
    countProblem(counts, 'name-ambiguous')
  }
  return true
}

function readAddresses(cells: ZeekCells, row: LogRow, counts: InputCounts): void {
  const { bytes, starts, ends } = cells
  if (has(cells, FIELD.origHost)) {
    if (scanAddress(bytes, starts[FIELD.origHost], ends[FIELD.origHost], row.client, 0) > 0) row.marks |= MARK.hasClient
    else countProblem(counts, 'address-invalid')
  }
  if (has(cells, FIELD.respHost)) {
    if (scanAddress(bytes, starts[FIELD.respHost], ends[FIELD.respHost], row.resolver, 0) === 0) {
      countProblem(counts, 'address-invalid')
    }
  }
  row.resolverPort = count(cells, FIELD.respPort, 0xffff, 0)
  row.clientPort = count(cells, FIELD.origPort, 0xffff, 0)
  if (has(cells, FIELD.uid)) {
    hashFlowId(bytes, starts[FIELD.uid], ends[FIELD.uid])
    row.flowLo = hashed.lo
    row.flowHi = hashed.hi
  }
  if (isLinkLocalGroup(row.resolver, 0)) row.transport = TRANSPORT.multicast
  else if (has(cells, FIELD.proto)) {
    const first = bytes[starts[FIELD.proto]]
    row.transport = first === 0x75 ? TRANSPORT.udp : first === 0x74 ? TRANSPORT.tcp : TRANSPORT.unknown
  }
}

/** Zeek's RD is the client's: where it is off and nobody multicasts, a resolver asks a name server (DESIGN.md 3). */
function readFlags(cells: ZeekCells, row: LogRow): void {
  const recursion = truth(cells, FIELD.rd)
  if (truth(cells, FIELD.aa) === 1) row.flags |= FLAG_AA
  if (truth(cells, FIELD.tc) === 1) row.flags |= FLAG_TC
  if (recursion === 1) row.flags |= FLAG_RD
  if (truth(cells, FIELD.ra) === 1) row.flags |= FLAG_RA
  row.flags |= count(cells, FIELD.z, 7, 0) << 4
  if (recursion < 0) return
  const toServer = recursion === 0 && row.transport !== TRANSPORT.multicast
  row.vantage = toServer ? VANTAGE.resolverSide : VANTAGE.clientSide
}

function has(cells: ZeekCells, field: number): boolean {
  return cells.ends[field] >= 0
}

function count(cells: ZeekCells, field: number, max: number, otherwise: number): number {
  if (!has(cells, field)) return otherwise
  const value = scanCount(cells.bytes, cells.starts[field], cells.ends[field])
  return value < 0 || value > max ? otherwise : value
}

function named(cells: ZeekCells, field: number, parse: (text: string) => number): number {
  if (!has(cells, field) || cells.ends[field] - cells.starts[field] > 32) return -1
  return parse(String.fromCharCode(...cells.bytes.subarray(cells.starts[field], cells.ends[field])))
}

/** 1 for `T` and `true`, 0 for `F` and `false`, -1 where there is no value. */
function truth(cells: ZeekCells, field: number): -1 | 0 | 1 {
  if (!has(cells, field)) return -1
  const first = cells.bytes[cells.starts[field]] | 0x20
  return first === 0x74 ? 1 : first === 0x66 ? 0 : -1
}

function refuse(counts: InputCounts, problem: 'time-invalid' | 'name-invalid'): false {
  countProblem(counts, problem)
  return false
}
