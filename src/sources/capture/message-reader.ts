import { DnsMessage, FLAG_QR, MALFORMED, malformedBit } from '../../dns/message.ts'
import { decodeMessage } from '../../dns/wire.ts'
import { countMalformed } from '../input-counts.ts'
import type { InputCounts } from '../source.ts'
import type { Flow, MessageSink } from './flow.ts'
import type { Matcher } from './matcher.ts'
import { uint16 } from './octets.ts'
import { carriesDns, type PortTable } from './ports.ts'

const TRUNCATING =
  malformedBit('question-truncated') |
  malformedBit('rr-truncated') |
  malformedBit('count-excess') |
  malformedBit('name-truncated')

/** Decodes messages, counts them, and hands them to the matcher with the role of their sender. */
export class MessageReader implements MessageSink {
  private readonly decoded = new DnsMessage()
  private readonly counts: readonly InputCounts[]
  private readonly ports: PortTable
  private readonly matcher: Matcher

  constructor(counts: readonly InputCounts[], ports: PortTable, matcher: Matcher) {
    this.counts = counts
    this.ports = ports
    this.matcher = matcher
  }

  message(flow: Flow, bytes: Uint8Array, start: number, end: number, sizeBytes: number, cut: boolean): void {
    const counts = this.counts[flow.input]
    const { decoded } = this
    if (isNoMessage(bytes, start, end, sizeBytes)) {
      countMalformed(counts, cut ? 'packet-cut' : 'not-dns')
      return
    }
    decodeMessage(bytes, start, end, decoded)
    counts.messages++
    const answers = (decoded.flags & FLAG_QR) !== 0
    if (answers) counts.responses++
    else counts.queries++
    let broken = cut
    if (cut) {
      // The capture is short, not the message.
      countMalformed(counts, 'packet-cut')
      decoded.malformed &= ~TRUNCATING
    }
    if (decoded.malformed !== 0) countReasons(counts, decoded.malformed)
    let asks = !answers
    const fromDns = carriesDns(this.ports, flow.sourcePort)
    const toDns = carriesDns(this.ports, flow.destinationPort)
    if (fromDns !== toDns && asks !== toDns) {
      // One end only is a DNS port, and the QR bit names the other one as the resolver: a port is hard to fake for
      // whoever wants an answer, a bit is not, and a tunnel must not hide its questions by setting it.
      asks = toDns
      broken = true
      countMalformed(counts, 'qr-against-port')
    }
    this.matcher.message(flow, decoded, sizeBytes, asks, broken)
  }
}

function countReasons(counts: InputCounts, bits: number): void {
  for (let i = 0; i < MALFORMED.length; i++) if ((bits & (1 << i)) !== 0) countMalformed(counts, MALFORMED[i])
}

/**
 * Whether the octets are no DNS message whatever one believes: no whole header, or an opcode nobody assigned together
 * with counts that the octets cannot hold. iodine's raw mode (`10 d1 9e`, opcode 3) is such a thing; a header that
 * promises 65,535 records, by itself, is a hostile message and stays one.
 */
function isNoMessage(bytes: Uint8Array, start: number, end: number, sizeBytes: number): boolean {
  if (end - start < 12) return true
  const opcode = (bytes[start + 2] >> 3) & 0xf
  // RFC 1035, 1996, 2136, 8490: 0, 1, 2, 4, 5, 6.
  if (opcode !== 3 && opcode <= 6) return false
  const questions = uint16(bytes, start + 4)
  const records = uint16(bytes, start + 6) + uint16(bytes, start + 8) + uint16(bytes, start + 10)
  // The shortest question is 5 octets, the shortest record 11.
  return questions * 5 + records * 11 > sizeBytes - 12
}
