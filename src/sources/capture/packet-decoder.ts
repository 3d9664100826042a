import { countMalformed } from '../input-counts.ts'
import type { InputCounts } from '../source.ts'
import { Flow, type MessageSink } from './flow.ts'
import { Fragments } from './fragments.ts'
import { copyAddresses, ip, PROTOCOL_TCP, PROTOCOL_UDP, readIp, walkExtensions } from './ip.ts'
import { findIp, isKnownLink, linkName } from './link.ts'
import { uint16 } from './octets.ts'
import type { Packet } from './packet-stream.ts'
import { carriesDns, type PortTable } from './ports.ts'
import { readTcp, tcp } from './tcp.ts'
import { TcpStreams } from './tcp-streams.ts'
import { readUdp, udp } from './udp.ts'

/**
 * Takes packets apart down to DNS messages: link, IP, fragments, UDP or TCP. One for all files of an observation, so
 * that a datagram or connection may start in one file and end in the next.
 *
 * Every packet is counted once: as `packets`, and as `skipped` where nothing in it was looked at as DNS. Quoted
 * packets (ICMP errors) and tunnels (GRE, VXLAN) are not opened.
 */
export class PacketDecoder {
  private readonly flow = new Flow()
  private readonly counts: readonly InputCounts[]
  private readonly ports: PortTable
  private readonly sink: MessageSink
  private readonly fragments: Fragments
  private readonly streams: TcpStreams

  constructor(counts: readonly InputCounts[], ports: PortTable, sink: MessageSink) {
    this.counts = counts
    this.ports = ports
    this.sink = sink
    this.fragments = new Fragments(counts)
    this.streams = new TcpStreams(sink, counts)
  }

  /** Takes a packet of the file with this rank. False where its link type is not one we read. */
  packet(packet: Packet, input: number): boolean {
    const counts = this.counts[input]
    counts.packets++
    const { data, start } = packet
    const end = start + packet.length
    if (!isKnownLink(packet.linkType)) {
      countMalformed(counts, linkName(packet.linkType))
      counts.skipped++
      return false
    }
    const at = findIp(packet.linkType, data, start, end)
    if (at < 0 || !readIp(data, at, end)) {
      counts.skipped++
      return true
    }
    const { flow } = this
    flow.timeMs = packet.timeMs
    flow.input = input
    flow.position = packet.offset
    if (!this.payload(data)) counts.skipped++
    return true
  }

  /** Lets go of what waits for more packets. */
  finish(): void {
    this.fragments.finish()
    this.streams.finish()
  }

  /** Whether the IP packet read last was looked at as DNS. */
  private payload(data: Uint8Array): boolean {
    if (ip.fragmentOffset === 0 && !ip.moreFragments) {
      return this.transport(data, ip.payloadStart, ip.payloadEnd, ip.payloadLength)
    }
    copyAddresses(data, this.flow)
    if (ip.cut) {
      // What is cut can never be put together; the first fragment's start is worth reading.
      const first = ip.fragmentOffset === 0
      return first && this.transport(data, ip.payloadStart, ip.payloadEnd, ip.payloadLength)
    }
    const whole = this.fragments.add(this.flow, data)
    if (whole === undefined) return true
    let start = 0
    if (ip.version === 6) {
      start = walkExtensions(whole, 0, whole.length, ip.protocol)
      if (start < 0) return false
    }
    ip.cut = false
    return this.transport(whole, start, whole.length, whole.length - start, true)
  }

  /** Reads `bytes[start..end)`, `length` octets before the capture cut it. */
  private transport(bytes: Uint8Array, start: number, end: number, length: number, addressed = false): boolean {
    const { protocol } = ip
    if ((protocol !== PROTOCOL_UDP && protocol !== PROTOCOL_TCP) || start + 4 > end) return false
    const { flow } = this
    flow.sourcePort = uint16(bytes, start)
    flow.destinationPort = uint16(bytes, start + 2)
    if (!carriesDns(this.ports, flow.sourcePort) && !carriesDns(this.ports, flow.destinationPort)) return false
    if (!addressed) copyAddresses(bytes, flow)
    flow.tcp = protocol === PROTOCOL_TCP
    return flow.tcp ? this.segment(bytes, start, end, length) : this.datagram(bytes, start, end)
  }

  private datagram(bytes: Uint8Array, start: number, end: number): boolean {
    const { flow } = this
    if (!readUdp(bytes, start, end, ip.cut)) {
      countMalformed(this.counts[flow.input], ip.cut ? 'packet-cut' : 'udp-length')
      return true
    }
    if (udp.lengthWrong) countMalformed(this.counts[flow.input], 'udp-length')
    if (udp.payloadLength === 0) return false
    this.sink.message(flow, bytes, udp.payloadStart, udp.payloadEnd, udp.payloadLength, udp.cut)
    return true
  }

  private segment(bytes: Uint8Array, start: number, end: number, length: number): boolean {
    if (!readTcp(bytes, start, end)) {
      countMalformed(this.counts[this.flow.input], ip.cut ? 'packet-cut' : 'tcp-header')
      return true
    }
    const missing = start + length - end
    this.streams.segment(this.flow, bytes, end, missing)
    return tcp.payloadStart < end || missing > 0
  }
}
