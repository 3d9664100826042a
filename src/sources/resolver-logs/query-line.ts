import { MARK, RCODE_NONE, VANTAGE } from '../../batch/dns-batch.ts'
import { FLAG_QR } from '../../dns/message.ts'
import { parseRcode, parseType } from '../../dns/types.ts'
import { nameScanned, scanName } from '../logs/log-name.ts'
import { countProblem } from '../logs/log-problem.ts'
import type { LogRow } from '../logs/log-row.ts'
import { scanAddress } from '../logs/scan-address.ts'
import type { InputCounts } from '../source.ts'
import type { Asked } from './exchange-join.ts'
import type { LineContext } from './resolver-log.ts'

const QUESTION_MARK = '?'
const NOERROR = 0
/** No address, type or name is longer as text; what is, is none. */
const TEXT_MAX = 1100
const octets = Buffer.alloc(TEXT_MAX)

/** Where a line's texts go: its row, and the counts of what was wrong. */
export interface QueryLine {
  readonly row: LogRow
  readonly counts: InputCounts
}

/** Reads a name as the server escaped it (`\DDD`, or `?` for octets it lost); false, counted, where it is none. */
function readQname({ row, counts }: QueryLine, text: string): boolean {
  row.nameLength = text.length > TEXT_MAX ? -1 : scanName(octets, 0, octets.write(text, 'latin1'), row.name)
  if (row.nameLength < 0) {
    countProblem(counts, 'name-invalid')
    return false
  }
  if (nameScanned.lossy || text.includes(QUESTION_MARK)) row.marks |= MARK.nameLossy
  if (nameScanned.ambiguous) {
    row.marks |= MARK.malformed
    countProblem(counts, 'name-ambiguous')
  }
  return true
}

/** Reads the address of who asked; the row stays without it where it is none. */
export function readClient({ row, counts }: QueryLine, text: string): void {
  const isAddress = text.length <= 64 && scanAddress(octets, 0, octets.write(text, 'latin1'), row.client, 0) > 0
  if (isAddress) row.marks |= MARK.hasClient
  else countProblem(counts, 'address-invalid')
}

export function readResolver({ row }: QueryLine, text: string): void {
  if (text.length <= 64) scanAddress(octets, 0, octets.write(text, 'latin1'), row.resolver, 0)
}

export function readType({ row }: QueryLine, text: string): void {
  row.qtype = Math.max(0, parseType(text.startsWith('type=') ? text.slice(5) : text))
}

/**
 * Counts a query that a client sent to the server whose log this is, and begins its exchange, to be given to the join; undefined,
 * counted, where its name is none.
 */
export function beginQuery(
  { join, counts }: LineContext,
  name: string,
  timeMs: number,
  position: number,
): Asked | undefined {
  counts.queries++
  counts.messages++
  const asked = join.take()
  const { row } = asked
  if (!readQname({ row, counts }, name)) {
    join.back(asked)
    return undefined
  }
  row.marks |= MARK.query
  row.qclass = 1
  row.vantage = VANTAGE.clientSide
  row.timeMs = timeMs
  asked.position = position
  return asked
}

/**
 * Notes how the question was answered where the log says no more than the rcode. An error has no answers and is known
 * whole; of NOERROR we know that there was an answer and not what it held, which is as good as a log of names alone.
 */
export function noteOutcome({ row, counts }: QueryLine, rcodeText: string): void {
  const rcode = parseRcode(rcodeText)
  counts.responses++
  counts.messages++
  if (rcode <= NOERROR) {
    row.marks |= MARK.namesOnly
    return
  }
  answeredWith(row, rcode)
}

/** Notes an answer whose records the log tells too. */
export function answeredWith(row: LogRow, rcode: number): void {
  row.marks |= MARK.response
  row.flags |= FLAG_QR
  if (row.rcode === RCODE_NONE || rcode !== NOERROR) row.rcode = rcode
}
