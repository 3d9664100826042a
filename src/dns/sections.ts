import { readOpt, TYPE_OPT } from './edns.ts'
import { type DnsMessage, malformedBit } from './message.ts'
import { bookAnswer } from './rdata.ts'
import { nameRead, readName, skipName } from './read-name.ts'

const QUESTION_TRUNCATED = malformedBit('question-truncated')
const RR_TRUNCATED = malformedBit('rr-truncated')
const COUNT_EXCESS = malformedBit('count-excess')
const MANY_QUESTIONS = malformedBit('many-questions')

/** The record sections, in their order on the wire. */
export const SECTION = { answer: 0, authority: 1, additional: 2 } as const

/** Classes of RFC 2136 updates whose records carry no RDATA on purpose. */
const CLASS_NONE = 254
const CLASS_ANY = 255

/** Whether the message under way had an OPT in its place already; an answer section starts a new message. */
let optSeen = false

/**
 * `QNAME | QTYPE (16) | QCLASS (16)` (RFC 1035 4.1.2), the first kept, the others walked over. Returns where the
 * questions end, or -1 where the rest of the message cannot be found. `questionCount` counts whole questions; of a
 * broken first one the name stays as far as it was read.
 */
export function readQuestions(
  bytes: Uint8Array,
  start: number,
  at: number,
  end: number,
  count: number,
  out: DnsMessage,
): number {
  if (count > 1) out.malformed |= MANY_QUESTIONS
  for (let i = 0; i < count; i++) {
    if (at === end) {
      out.malformed |= COUNT_EXCESS
      return -1
    }
    if (i === 0) readFirstName(bytes, start, at, end, out)
    else skipName(bytes, start, at, end)
    out.malformed |= nameRead.malformed
    at = nameRead.end
    if (at < 0 || at + 4 > end) {
      out.malformed |= QUESTION_TRUNCATED
      return -1
    }
    if (i === 0) readTypeAndClass(bytes, at, out)
    out.questionCount++
    at += 4
  }
  return at
}

function readFirstName(bytes: Uint8Array, start: number, at: number, end: number, out: DnsMessage): void {
  out.nameLength = readName(bytes, start, at, end, end, out.names, 0)
  out.labelCount = nameRead.labelCount
  for (let at = out.nameLength; (at & 3) !== 0; at++) out.name[at] = 0
}

function readTypeAndClass(bytes: Uint8Array, at: number, out: DnsMessage): void {
  out.qtype = (bytes[at] << 8) | bytes[at + 1]
  out.qclass = (bytes[at + 2] << 8) | bytes[at + 3]
}

/**
 * ```
 * NAME | TYPE (16) | CLASS (16) | TTL (32) | RDLENGTH (16) | RDATA
 * ```
 * RFC 1035 4.1.3. Answers are booked, the other sections walked for OPT. A record cut by the end of the octets
 * (a capture's snap length, or a lie) counts with the octets it has, as raw, and ends the walk. With `nameless` the
 * first answer's owner, type and class stand in for the question: mDNS responses have none (RFC 6762 6), and are no
 * `no-question` therefore. Returns where the section ends, or -1.
 */
export function readRecords(
  bytes: Uint8Array,
  start: number,
  at: number,
  end: number,
  section: number,
  count: number,
  nameless: boolean,
  out: DnsMessage,
): number {
  if (section === SECTION.answer) optSeen = false
  for (let i = 0; i < count; i++) {
    if (at === end) {
      out.malformed |= COUNT_EXCESS
      return -1
    }
    const rootOwner = bytes[at] === 0
    const first = nameless && out.answerCount === 0
    if (first) readFirstName(bytes, start, at, end, out)
    else skipName(bytes, start, at, end)
    out.malformed |= nameRead.malformed
    at = nameRead.end
    if (at < 0 || at + 10 > end) {
      out.malformed |= RR_TRUNCATED
      return -1
    }
    const type = (bytes[at] << 8) | bytes[at + 1]
    const rdataStart = at + 10
    const rdataLength = (bytes[at + 8] << 8) | bytes[at + 9]
    const cut = rdataStart + rdataLength > end
    const rdataEnd = cut ? end : rdataStart + rdataLength
    if (cut) out.malformed |= RR_TRUNCATED
    if (first && type !== TYPE_OPT) readTypeAndClass(bytes, at, out)
    if (type === TYPE_OPT) {
      const standing = section === SECTION.additional && rootOwner && !optSeen
      if (standing) optSeen = true
      readOpt(bytes, at, rdataStart, rdataEnd, standing, out)
    } else if (section === SECTION.answer) {
      readAnswer(bytes, start, at, type, rdataStart, rdataEnd, cut, end, out)
    }
    if (cut) return -1
    at = rdataEnd
  }
  return at
}

function readAnswer(
  bytes: Uint8Array,
  start: number,
  at: number,
  type: number,
  rdataStart: number,
  rdataEnd: number,
  cut: boolean,
  end: number,
  out: DnsMessage,
): void {
  // RFC 2181 8: a TTL with the top bit set is zero.
  const ttl =
    bytes[at + 4] > 0x7f ? 0 : (bytes[at + 4] << 24) | (bytes[at + 5] << 16) | (bytes[at + 6] << 8) | bytes[at + 7]
  if (out.answerCount === 0 || ttl < out.ttlMinSeconds) out.ttlMinSeconds = ttl
  out.answerCount++
  const rclass = (bytes[at + 2] << 8) | bytes[at + 3]
  if (rdataStart === rdataEnd && !cut && (rclass === CLASS_NONE || rclass === CLASS_ANY)) return
  bookAnswer(bytes, start, cut ? 0 : type, rdataStart, rdataEnd, end, out)
}
