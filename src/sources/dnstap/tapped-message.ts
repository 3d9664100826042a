/** Kinds of messages are 1 to 14 (dnstap.proto, Message.Type): odd ones are queries, the next one their responses. */
const TYPE_LAST = 14

/** Kinds of queries that a resolver sends on its own behalf: resolver (3), forwarder (7). */
const UPSTREAM = new Set([3, 4, 7, 8])

/**
 * One dnstap message, decoded from protocol buffers (dnstap.proto), reused from frame to frame:
 *
 * ```
 * Dnstap   14 message | 15 type = 1
 * Message  1 type | 3 protocol | 4 query address | 5 response address | 6 query port | 7 response port
 *          8 query seconds | 9 query nanoseconds | 10 query message | 12, 13 response time | 14 response message
 * ```
 * Unknown fields are passed over, of repeated ones the last counts; every length is held against the octets at hand.
 */
export class TappedMessage {
  type = 0
  protocol = 0
  queryPort = 0
  responsePort = 0
  queryMs = Number.NaN
  responseMs = Number.NaN
  bytes: Uint8Array = new Uint8Array(0)
  readonly queryAddress: [start: number, end: number] = [0, 0]
  readonly responseAddress: [start: number, end: number] = [0, 0]
  readonly query: [start: number, end: number] = [0, 0]
  readonly response: [start: number, end: number] = [0, 0]
  private at = 0
  private value = 0

  get isQuery(): boolean {
    return this.type % 2 === 1
  }

  /** Sent or got by a resolver on its way to the answer, not by a client. */
  get isUpstream(): boolean {
    return UPSTREAM.has(this.type)
  }

  /** Reads a frame; false where it is not a message of a kind we know, or not a message at all (see `isBroken`). */
  read(bytes: Uint8Array, start: number, end: number): boolean {
    this.bytes = bytes
    const outer: [number, number] = [0, 0]
    this.type = 0
    let kind = 1
    const whole = this.fields(start, end, (field, from, to) => {
      if (field === 14) {
        outer[0] = from
        outer[1] = to
      } else if (field === 15) kind = this.value
    })
    this.isBroken = !whole || (outer[1] > outer[0] && !this.message(outer[0], outer[1]))
    return !this.isBroken && kind === 1 && this.type >= 1 && this.type <= TYPE_LAST
  }

  isBroken = false

  private message(start: number, end: number): boolean {
    this.protocol = this.queryPort = this.responsePort = 0
    for (const range of [this.queryAddress, this.responseAddress, this.query, this.response]) range[0] = range[1] = 0
    const times = [Number.NaN, 0, Number.NaN, 0]
    const whole = this.fields(start, end, (field, from, to) => {
      const range = this.rangeOf(field)
      if (range) {
        range[0] = from
        range[1] = to
      } else if (field === 1) this.type = this.value
      else if (field === 3) this.protocol = this.value
      else if (field === 6) this.queryPort = this.value & 0xffff
      else if (field === 7) this.responsePort = this.value & 0xffff
      else if (field === 8 || field === 9) times[field - 8] = this.value
      else if (field === 12 || field === 13) times[field - 10] = this.value
    })
    this.queryMs = timeOf(times[0], times[1])
    this.responseMs = timeOf(times[2], times[3])
    return whole
  }

  private rangeOf(field: number): [number, number] | undefined {
    if (field === 4) return this.queryAddress
    if (field === 5) return this.responseAddress
    if (field === 10) return this.query
    return field === 14 ? this.response : undefined
  }

  /** Calls `visit` for each field: numbers are in `value`, octets from `from` to `to`. False where the octets are no fields. */
  private fields(start: number, end: number, visit: (field: number, from: number, to: number) => void): boolean {
    this.at = start
    while (this.at < end) {
      if (!this.varint(end)) return false
      const tag = this.value
      const wire = tag & 7
      const from = this.at
      if (wire === 0) {
        if (!this.varint(end)) return false
        visit(Math.floor(tag / 8), from, this.at)
        continue
      }
      if (wire === 2 && !this.varint(end)) return false
      const length = wire === 2 ? this.value : wire === 5 ? 4 : wire === 1 ? 8 : Number.NaN
      if (!(length <= end - this.at)) return false
      const at = this.at
      if (wire === 5)
        this.value =
          (this.bytes[at] | (this.bytes[at + 1] << 8) | (this.bytes[at + 2] << 16)) + this.bytes[at + 3] * 2 ** 24
      visit(Math.floor(tag / 8), at, at + length)
      this.at = at + length
    }
    return true
  }

  /** At most ten octets (64 bits); what is past 2^53 is past every time and length we believe. */
  private varint(end: number): boolean {
    let value = 0
    let scale = 1
    for (let i = 0; i < 10 && this.at < end; i++) {
      const octet = this.bytes[this.at++]
      value += (octet & 0x7f) * scale
      scale *= 128
      if (octet < 0x80) {
        this.value = value
        return true
      }
    }
    return false
  }
}

function timeOf(seconds: number, nanoseconds: number): number {
  const timeMs = seconds * 1000 + (nanoseconds < 1e9 ? nanoseconds / 1e6 : 0)
  return timeMs <= 8.64e15 ? timeMs : Number.NaN
}
