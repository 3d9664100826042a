import { hashed, hashOctets } from '../../stats/hash.ts'
import { countMalformed } from '../input-counts.ts'
import type { InputCounts } from '../source.ts'
import type { Flow, MessageSink } from './flow.ts'
import { TCP_FIN, TCP_RST, TCP_SYN, tcp } from './tcp.ts'
import { TcpStream } from './tcp-stream.ts'

const STREAMS_MAX = 8192
const OCTETS_MAX = 16 << 20
const KEY_OCTETS = 36

/**
 * The connections under way, a stream for each direction, by addresses and ports.
 *
 * Bounded in streams and in octets they hold: the one not heard of for longest goes first, counted `tcp-evicted` where
 * octets are lost with it. A stream stays after FIN, since a repeated last segment would otherwise be read as the
 * middle of a new connection.
 */
export class TcpStreams {
  /** Longest unheard of first: a Map keeps the order of insertion. */
  private readonly streams = new Map<number, TcpStream>()
  private readonly sink: MessageSink
  private readonly counts: readonly InputCounts[]
  private readonly key = new Uint8Array(KEY_OCTETS)
  private octets = 0

  constructor(sink: MessageSink, counts: readonly InputCounts[]) {
    this.sink = sink
    this.counts = counts
  }

  /** Takes the segment that {@link tcp} describes; its octets are `bytes[tcp.payloadStart..end)` and `missing` more. */
  segment(flow: Flow, bytes: Uint8Array, end: number, missing: number): void {
    const opens = (tcp.flags & TCP_SYN) !== 0
    const closes = (tcp.flags & (TCP_FIN | TCP_RST)) !== 0
    const length = end - tcp.payloadStart + missing
    if (length === 0 && !opens && !closes) return
    const hash = this.writeKey(flow)
    let stream = this.streams.get(hash)
    if (stream !== undefined && !sameKey(stream.key, this.key)) {
      this.remove(hash, stream)
      stream = undefined
    }
    if (stream === undefined) {
      // Only a close of something never seen.
      if (length === 0 && !opens) return
      stream = new TcpStream(this.key.slice(), this.sink, this.report)
    } else {
      this.streams.delete(hash)
    }
    this.streams.set(hash, stream)
    this.octets -= stream.octets
    copyFlow(flow, stream.flow)
    const sequence = opens ? (tcp.sequence + 1) >>> 0 : tcp.sequence
    if (opens) stream.open(sequence)
    if (length > 0) stream.segment(sequence, bytes, tcp.payloadStart, end, missing)
    if (closes) stream.close((tcp.flags & TCP_RST) !== 0)
    this.octets += stream.octets
    this.evict()
  }

  /** Reads out what still waits behind holes. */
  finish(): void {
    for (const [hash, stream] of this.streams) this.remove(hash, stream)
  }

  private readonly report = (input: number, reason: string): void => {
    countMalformed(this.counts[input], reason)
  }

  private evict(): void {
    if (this.streams.size <= STREAMS_MAX && this.octets <= OCTETS_MAX) return
    for (const [hash, stream] of this.streams) {
      if (this.streams.size <= STREAMS_MAX && this.octets <= OCTETS_MAX) return
      if (stream.octets > 0) countMalformed(this.counts[stream.flow.input], 'tcp-evicted')
      this.remove(hash, stream)
    }
  }

  private remove(hash: number, stream: TcpStream): void {
    this.octets -= stream.octets
    this.streams.delete(hash)
    stream.finish()
  }

  private writeKey(flow: Flow): number {
    const { key } = this
    key.set(flow.source, 0)
    key.set(flow.destination, 16)
    key[32] = flow.sourcePort >> 8
    key[33] = flow.sourcePort
    key[34] = flow.destinationPort >> 8
    key[35] = flow.destinationPort
    hashOctets(key, 0, KEY_OCTETS, 0, false)
    return hashed.hi * 2 ** 21 + (hashed.lo >>> 11)
  }
}

function sameKey(a: Uint8Array, b: Uint8Array): boolean {
  for (let i = 0; i < KEY_OCTETS; i++) if (a[i] !== b[i]) return false
  return true
}

function copyFlow(from: Flow, to: Flow): void {
  to.source.set(from.source)
  to.destination.set(from.destination)
  to.sourcePort = from.sourcePort
  to.destinationPort = from.destinationPort
  to.tcp = true
  to.timeMs = from.timeMs
  to.input = from.input
  to.position = from.position
}
