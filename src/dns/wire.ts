import { type DnsMessage, malformedBit } from './message.ts'
import { NAME_BUDGET, nameRead } from './read-name.ts'
import { readQuestions, readRecords, SECTION } from './sections.ts'

const HEADER_SHORT = malformedBit('header-short')
const NO_QUESTION = malformedBit('no-question')
const TRAILING = malformedBit('trailing-octets')

/**
 * Decodes one DNS message, `bytes[start..end)` without a TCP length prefix, into `out`, overwriting all of it.
 *
 * ```
 *  0  1  2  3  4  5  6  7  8  9 10 11 12 13 14 15
 * |                      ID                       |
 * |QR|   Opcode  |AA|TC|RD|RA| Z|AD|CD|   RCODE   |
 * |   QDCOUNT   |   ANCOUNT   |  NSCOUNT  | ARCOUNT   (16 bits each)
 * ```
 * RFC 1035 4.1.1. False only without a whole header (12 octets, `header-short`); everything else is an event, as far
 * as it could be read, with reasons in `out.malformed`, whatever opcode, Z bit and QR say. Never throws, allocates
 * nothing, and takes time linear in the message: counts are only upper bounds of loops that end with the octets.
 *
 * Classes stay raw: in mDNS the top bit of `qclass` asks for a unicast answer (QU, RFC 6762 5.4), so mask with 0x7fff.
 */
export function decodeMessage(bytes: Uint8Array, start: number, end: number, out: DnsMessage): boolean {
  reset(out)
  if (end > bytes.length) end = bytes.length
  if (end - start < 12) {
    out.malformed = HEADER_SHORT
    return false
  }
  nameRead.budget = NAME_BUDGET
  out.id = (bytes[start] << 8) | bytes[start + 1]
  out.flags = (bytes[start + 2] << 8) | bytes[start + 3]
  out.rcode = out.flags & 0xf
  const questions = (bytes[start + 4] << 8) | bytes[start + 5]
  const answers = (bytes[start + 6] << 8) | bytes[start + 7]
  const authorities = (bytes[start + 8] << 8) | bytes[start + 9]
  const additionals = (bytes[start + 10] << 8) | bytes[start + 11]

  let at = readQuestions(bytes, start, start + 12, end, questions, out)
  if (at >= 0) at = readRecords(bytes, start, at, end, SECTION.answer, answers, questions === 0, out)
  if (at >= 0) at = readRecords(bytes, start, at, end, SECTION.authority, authorities, false, out)
  if (at >= 0) at = readRecords(bytes, start, at, end, SECTION.additional, additionals, false, out)
  if (at >= 0 && at < end) out.malformed |= TRAILING
  if (questions === 0 && out.answerCount === 0) out.malformed |= NO_QUESTION
  return true
}

function reset(out: DnsMessage): void {
  out.id = 0
  out.flags = 0
  out.rcode = 0
  out.questionCount = 0
  out.nameLength = 0
  out.labelCount = 0
  out.qtype = 0
  out.qclass = 0
  out.answerCount = 0
  out.answerOctets[0] = 0
  out.answerOctets[1] = 0
  out.answerOctets[2] = 0
  out.answerOctets[3] = 0
  out.answerHashLo = 0
  out.answerHashHi = 0
  out.ttlMinSeconds = -1
  out.targetCount = 0
  out.ednsSizeBytes = 0
  out.ednsUnknownOctets = 0
  out.paddingOctets = 0
  out.paddingNonZero = false
  out.malformed = 0
}
