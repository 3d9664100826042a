import { MARK, TRANSPORT, VANTAGE } from '../../batch/dns-batch.ts'
import { type JsonObject, ownValue } from '../logs/json-line.ts'
import { LogRow } from '../logs/log-row.ts'
import { ANSWERS_MAX } from '../logs/zeek-tsv.ts'
import { NOTHING, REFUSED, ROW } from './message-read.ts'
import { countOf, objectOf, octets, octetsOf, rcodeOf, readAddress, readName, timeOf, typeOf } from './object-values.ts'
import type { MessageShape } from './shape.ts'

const TXT = 16
const FLAG_QR = 0x8000
const FLAG_TC = 0x0200
const row = new LogRow()

/**
 * A `dns` event of Suricata's eve.json in its three versions:
 *
 * ```
 * v1  one event a query (type query, rrname) and one an answer record (type answer, rrname, rdata, ttl, rcode)
 * v2  one event a query, one a response (type answer, rrname of the question, answers[] {rrname, rrtype, rdata})
 * v3  type request or response, queries[] {rrname, rrtype}, answers[] as before (Suricata 8)
 * ```
 * A query event is a row without its response, an answer event a response alone: Suricata does not join them. Until
 * version 7 an answer's source is the server; from 8 on the source is always the client. Which one it is, is told by the
 * version and, where that is missing, by the port 53.
 */
export const eve: MessageShape = {
  name: 'eve',
  claims: (object) => Object.hasOwn(object, 'event_type'),
  read(object, batch) {
    const read = readEvent(object, row)
    if (read === 'nothing') return NOTHING
    if (read !== 'query' && read !== 'response') return REFUSED[read]
    row.appendTo(batch, 0, 0)
    return ROW
  },
}

/** Fills a row from an event: a query, a response alone, nothing of ours, or why it cannot be read. */
export function readEvent(
  object: JsonObject,
  row: LogRow,
): 'query' | 'response' | 'nothing' | 'name-invalid' | 'time-invalid' {
  const dns = objectOf(object, 'dns')
  if (ownValue(object, 'event_type') !== 'dns' || !dns) return 'nothing'
  row.reset()
  const question = questionOf(dns)
  // A query without a question is still traffic, and nothing that can be booked.
  if (question === undefined) return 'nothing'
  if (!readName(ownValue(question, 'rrname'), row)) return 'name-invalid'
  row.timeMs = timeOf(ownValue(object, 'timestamp'))
  if (Number.isNaN(row.timeMs)) return 'time-invalid'
  row.qtype = typeOf(ownValue(question, 'rrtype'))
  row.qclass = 1
  const type = ownValue(dns, 'type')
  const answered = type === 'answer' || type === 'response'
  readSides(object, dns, answered, row)
  const proto = String(ownValue(object, 'proto')).slice(0, 3).toUpperCase()
  row.transport = proto === 'UDP' ? TRANSPORT.udp : proto === 'TCP' ? TRANSPORT.tcp : TRANSPORT.unknown
  if (answered) readResponse(dns, row)
  else row.marks |= MARK.query
  return answered ? 'response' : 'query'
}

/** Where the question stands: in `queries[0]` (v3), in a nested `query[0]` of alerts, or in the object itself. */
function questionOf(dns: JsonObject): JsonObject | undefined {
  for (const key of ['queries', 'query']) {
    const list = ownValue(dns, key)
    if (!Array.isArray(list)) continue
    const first: unknown = list[0]
    return typeof first === 'object' && first !== null ? (first as JsonObject) : undefined
  }
  return Object.hasOwn(dns, 'rrname') ? dns : undefined
}

function readSides(object: JsonObject, dns: JsonObject, answered: boolean, row: LogRow): void {
  const sourcePort = countOf(ownValue(object, 'src_port'), 0xffff)
  const targetPort = countOf(ownValue(object, 'dest_port'), 0xffff)
  const version = countOf(ownValue(dns, 'version'), 9)
  const swapped = version >= 3 ? false : answered && !(sourcePort !== 53 && targetPort === 53)
  const [client, resolver] = swapped ? ['dest_ip', 'src_ip'] : ['src_ip', 'dest_ip']
  if (readAddress(ownValue(object, client), row.client)) row.marks |= MARK.hasClient
  readAddress(ownValue(object, resolver), row.resolver)
  row.resolverPort = swapped ? sourcePort : targetPort
  row.vantage = VANTAGE.unknown
}

/** Reads what a response event says into the row of its query, or into one of its own. */
export function readResponse(dns: JsonObject, row: LogRow): void {
  row.marks |= MARK.response
  row.flags |= FLAG_QR
  if (ownValue(dns, 'tc') === true) {
    row.flags |= FLAG_TC
    row.marks |= MARK.truncated
  }
  row.rcode = Math.max(0, rcodeOf(ownValue(dns, 'rcode')))
  const answers = ownValue(dns, 'answers')
  // v1 has one record an event, in the event itself.
  const records: readonly unknown[] = Array.isArray(answers) ? answers : Object.hasOwn(dns, 'rdata') ? [dns] : []
  let ttl = Number.POSITIVE_INFINITY
  for (let i = 0; i < records.length && i < ANSWERS_MAX; i++) {
    const record = records[i]
    if (typeof record !== 'object' || record === null) continue
    const data = ownValue(record as JsonObject, 'rdata')
    const type = typeOf(ownValue(record as JsonObject, 'rrtype'))
    const end = typeof data === 'string' ? octetsOf(type === TXT ? asText(data) : data) : 0
    if (end > 0) row.answers.add(octets, 0, end, type)
    if (Object.hasOwn(record, 'ttl')) ttl = Math.min(ttl, countOf((record as JsonObject).ttl, 0xffffffff))
  }
  if (Number.isFinite(ttl)) row.ttlMinSeconds = ttl
}

/** A TXT as Zeek writes it: Suricata logs the octets alone, which would read as a name. */
function asText(data: string): string {
  return `TXT ${Buffer.byteLength(data)} ${data}`
}
