import { NAME_OCTETS_MAX, parseName } from '../../dns/name.ts'
import { joinOctets, octets16, octets32 } from '../octets.ts'

/** One record of an answer: its type and RDATA. */
export interface AnswerRecord {
  readonly type: number
  readonly rdata: Uint8Array
}

/** What stands in a query. */
export interface QueryFacts {
  readonly id: number
  readonly qname: string
  readonly qtype: number
  /** UDP size that the sender can take (RFC 6891), where it says one. */
  readonly ednsOctets: number | undefined
}

/** What stands in the answer to it. */
export interface ResponseFacts extends QueryFacts {
  readonly rcode: number
  readonly ttlSeconds: number
  readonly answers: readonly AnswerRecord[]
  /** The answer did not fit, and its records are left out (RFC 1035 4.1.1, TC). */
  readonly truncated?: boolean
}

const RD = 0x0100
const QR_RD_RA = 0x8180
const TC = 0x0200
const CLASS_IN = 1
const TYPE_OPT = 41
/** A pointer to the question's name (RFC 1035 4.1.4). */
const QUESTION_POINTER = 0xc00c

/**
 * A query (RFC 1035 4.1.1, 4.1.2; OPT: RFC 6891 6.1.2).
 *
 * ```
 * +--+--+--+--+--+--+   +----------+-------+--------+   +-----+
 * |id|flags|counts.. |   | QNAME    | QTYPE | QCLASS |   | OPT |
 * +--+--+--+--+--+--+   +----------+-------+--------+   +-----+
 * ```
 */
export function composeQuery(facts: QueryFacts): Uint8Array {
  const { id, ednsOctets } = facts
  const additional = ednsOctets === undefined ? 0 : 1
  return joinOctets(header(id, RD, [1, 0, 0, additional]), question(facts), opt(ednsOctets))
}

/** The answer to a query, its records under the question's name. */
export function composeResponse(facts: ResponseFacts): Uint8Array {
  const { id, rcode, ttlSeconds, ednsOctets, truncated = false } = facts
  const answers = truncated ? [] : facts.answers
  const additional = ednsOctets === undefined ? 0 : 1
  const records = answers.map(({ type, rdata }) =>
    joinOctets(
      octets16(QUESTION_POINTER),
      octets16(type),
      octets16(CLASS_IN),
      octets32(ttlSeconds),
      octets16(rdata.length),
      rdata,
    ),
  )
  const head = header(id, QR_RD_RA | rcode | (truncated ? TC : 0), [1, answers.length, 0, additional])
  return joinOctets(head, question(facts), ...records, opt(ednsOctets))
}

/** A name as it stands in a message, root octet and all. */
export function wireOctets(name: string): Uint8Array {
  const wire = new Uint8Array(NAME_OCTETS_MAX + 1)
  const length = parseName(name, wire, 0)
  if (length < 0) throw new Error(`'${name}' is no name`)
  return joinOctets(wire.subarray(0, length), Uint8Array.of(0))
}

function header(id: number, flags: number, counts: readonly number[]): Uint8Array {
  return joinOctets(octets16(id), octets16(flags), ...counts.map(octets16))
}

function question({ qname, qtype }: QueryFacts): Uint8Array {
  return joinOctets(wireOctets(qname), octets16(qtype), octets16(CLASS_IN))
}

function opt(octets: number | undefined): Uint8Array {
  if (octets === undefined) return new Uint8Array(0)
  return joinOctets(Uint8Array.of(0), octets16(TYPE_OPT), octets16(octets), octets32(0), octets16(0))
}
