import { Flow, type MessageSink } from './flow.ts'
import { uint16 } from './octets.ts'

const PREFIX = 2
const HEADER = 12
/** Segments and octets held behind a hole, and how long in packet time, before the hole is given up as lost. */
const HELD_MAX = 64
const HELD_OCTETS_MAX = 262_144
const HOLE_MS_MAX = 3_000
/** A sequence number further away than any window is another connection's, or forged. */
const JUMP_MAX = 1 << 24
const EMPTY = new Uint8Array(0)

/** A segment that came before the octets in front of it. */
interface HeldSegment {
  readonly sequence: number
  readonly bytes: Uint8Array
  /** Octets the capture left out behind `bytes`. */
  readonly missing: number
  readonly timeMs: number
  readonly input: number
  readonly position: number
}

/**
 * One direction of a DNS connection: `length 2 | message`, again and again (RFC 7766 8), put together from segments.
 *
 * Octets that came first stand. Behind a hole in the known part of a message the next message is found exactly, since
 * its length is known; behind any other hole, and where the capture starts in the middle of a connection, the next
 * segment that looks like the start of a message is taken for one. `report` hears why octets were lost.
 */
export class TcpStream {
  readonly flow = new Flow()
  readonly key: Uint8Array
  private readonly sink: MessageSink
  private readonly report: (input: number, reason: string) => void
  /** Sequence number of the first octet of the connection, and of the next one expected; -1 before the first. */
  private first = -1
  private next = -1
  /** Whether the next octet is only hoped to start a message. */
  private guessing = true
  /** Octets of the message under way, prefix included. */
  private partial: Uint8Array = EMPTY
  private filled = 0
  /** Octets to pass over up to the start of the next message. */
  private skip = 0
  private held: HeldSegment[] = []
  private heldOctets = 0

  constructor(key: Uint8Array, sink: MessageSink, report: (input: number, reason: string) => void) {
    this.key = key
    this.sink = sink
    this.report = report
  }

  /** Octets of memory beside the object itself. */
  get octets(): number {
    return this.partial.length + this.heldOctets
  }

  /** A connection starts; `sequence` is that of its first octet. A repeated SYN changes nothing. */
  open(sequence: number): void {
    if (sequence === this.first) return
    this.finish()
    this.first = sequence
    this.next = sequence
    this.restart(false)
  }

  /** Takes a segment; `missing` octets at its end were not captured. `flow` holds the packet's time and place. */
  segment(sequence: number, bytes: Uint8Array, start: number, end: number, missing: number): void {
    if (this.next < 0) this.next = sequence
    let ahead = (sequence - this.next) | 0
    if (Math.abs(ahead) > JUMP_MAX) {
      this.finish()
      this.report(this.flow.input, 'tcp-gap')
      this.restart(true)
      this.next = sequence
      ahead = 0
    }
    if (ahead > 0) {
      this.hold(sequence, bytes, start, end, missing)
      return
    }
    this.take(-ahead, bytes, start, end, missing)
    if (this.held.length > 0) this.release(false)
  }

  /** FIN, or RST with `now`. A FIN may overtake segments before it: then holes stay open a while. */
  close(now: boolean): void {
    if (now || this.held.length === 0) this.finish()
  }

  /** The connection, its place in the table or the capture ends: what is behind holes comes out now. */
  finish(): void {
    this.release(true)
    if (this.filled === 0) return
    this.report(this.flow.input, 'tcp-unfinished')
    this.restart(true)
  }

  private restart(guessing: boolean): void {
    this.guessing = guessing
    this.filled = 0
    this.skip = 0
    this.partial = EMPTY
  }

  /** Reads a segment whose first `old` octets were seen before. */
  private take(old: number, bytes: Uint8Array, start: number, end: number, missing: number): void {
    const whole = end - start + missing
    if (old >= whole) return
    this.next = (this.next + whole - old) >>> 0
    if (start + old < end) this.read(bytes, start + old, end)
    const lost = Math.min(missing, whole - old)
    if (lost === 0) return
    this.emitCut()
    this.lose(lost, 'packet-cut')
  }

  private hold(sequence: number, bytes: Uint8Array, start: number, end: number, missing: number): void {
    const { timeMs, input, position } = this.flow
    const segment = { sequence, bytes: bytes.slice(start, end), missing, timeMs, input, position }
    let at = this.held.length
    while (at > 0 && ((sequence - this.held[at - 1].sequence) | 0) < 0) at--
    this.held.splice(at, 0, segment)
    this.heldOctets += end - start
    const late = Math.abs(timeMs - this.held[0].timeMs) > HOLE_MS_MAX
    if (late || this.held.length > HELD_MAX || this.heldOctets > HELD_OCTETS_MAX) this.release(true)
  }

  /** Reads held segments that have become due; with `force` also those behind holes. */
  private release(force: boolean): void {
    const { timeMs, input, position } = this.flow
    let taken = 0
    for (; taken < this.held.length; taken++) {
      const segment = this.held[taken]
      const ahead = (segment.sequence - this.next) | 0
      if (ahead > 0 && !force) break
      this.flow.timeMs = segment.timeMs
      this.flow.input = segment.input
      this.flow.position = segment.position
      this.heldOctets -= segment.bytes.length
      if (ahead > 0) {
        this.next = segment.sequence
        this.lose(ahead, 'tcp-gap')
      }
      this.take(Math.max(0, -ahead), segment.bytes, 0, segment.bytes.length, segment.missing)
    }
    this.held.splice(0, taken)
    this.flow.timeMs = timeMs
    this.flow.input = input
    this.flow.position = position
  }

  /** Octets are gone for good; finds the next boundary where the message under way tells it. */
  private lose(count: number, reason: string): void {
    this.report(this.flow.input, reason)
    const rest = this.filled >= PREFIX ? PREFIX + uint16(this.partial, 0) - this.filled : this.skip
    const known = this.filled >= PREFIX || (this.filled === 0 && this.skip > 0)
    this.filled = 0
    this.skip = known && rest >= count ? rest - count : 0
    if (!known || rest < count) this.guessing = true
  }

  private read(bytes: Uint8Array, at: number, end: number): void {
    const { sink, flow } = this
    while (at < end) {
      if (this.skip > 0) {
        const passed = Math.min(this.skip, end - at)
        this.skip -= passed
        at += passed
      } else if (this.filled > 0) {
        at = this.fill(bytes, at, end)
      } else if (this.guessing && !mayStartMessage(bytes, at, end)) {
        this.report(flow.input, 'not-dns')
        return
      } else {
        this.guessing = false
        const length = end - at >= PREFIX ? uint16(bytes, at) : -1
        if (length >= 0 && at + PREFIX + length <= end) {
          if (length === 0) this.report(flow.input, 'tcp-empty-message')
          else sink.message(flow, bytes, at + PREFIX, at + PREFIX + length, length, false)
          at += PREFIX + length
        } else {
          at = this.fill(bytes, at, end)
        }
      }
    }
  }

  /** Adds to the message under way, and hands it on once whole. */
  private fill(bytes: Uint8Array, at: number, end: number): number {
    while (at < end && this.filled < PREFIX) this.put(bytes, at++, 1)
    if (this.filled < PREFIX) return at
    const length = uint16(this.partial, 0)
    const count = Math.min(PREFIX + length - this.filled, end - at)
    this.put(bytes, at, count)
    if (this.filled === PREFIX + length) {
      this.filled = 0
      if (length === 0) this.report(this.flow.input, 'tcp-empty-message')
      else this.sink.message(this.flow, this.partial, PREFIX, PREFIX + length, length, false)
      this.partial = EMPTY
    }
    return at + count
  }

  private put(bytes: Uint8Array, at: number, count: number): void {
    const need = this.filled + count
    if (need > this.partial.length) {
      const grown = new Uint8Array(Math.max(need, this.partial.length * 2, 512))
      grown.set(this.partial.subarray(0, this.filled))
      this.partial = grown
    }
    for (let i = 0; i < count; i++) this.partial[this.filled + i] = bytes[at + i]
    this.filled = need
  }

  /** The capture cut the message under way: its start is worth reading. */
  private emitCut(): void {
    if (this.filled < PREFIX + HEADER) return
    this.sink.message(this.flow, this.partial, PREFIX, this.filled, uint16(this.partial, 0), true)
  }
}

/** Whether the octets at hand can open a message: a length with a header in it, a known opcode, few questions. */
function mayStartMessage(bytes: Uint8Array, at: number, end: number): boolean {
  if (end - at >= PREFIX && uint16(bytes, at) < HEADER) return false
  if (end - at >= 6 && ((bytes[at + 4] >> 3) & 0xf) > 6) return false
  return end - at < 8 || uint16(bytes, at + 6) <= 16
}
