/** A datagram of more pieces than this is hostile: 65,535 octets in fragments of the smallest IPv6 MTU are 54. */
const RANGES_MAX = 64
const DATAGRAM_OCTETS_MAX = 65_535

/**
 * The fragments of one datagram so far; octets that came first stand. A far offset makes it hold up to 64 KiB for few
 * octets: the owner bounds the sum.
 */
export class Reassembly {
  readonly key: Uint8Array
  readonly timeMs: number
  readonly input: number
  bytes: Uint8Array = new Uint8Array(2048)
  /** Length of the whole, -1 until the last fragment came. */
  total = -1
  overlapped = false
  /** Received ranges, disjoint, sorted, as start, end, start, end, ... */
  private ranges: number[] = []

  constructor(key: Uint8Array, timeMs: number, input: number) {
    this.key = key
    this.timeMs = timeMs
    this.input = input
  }

  get complete(): boolean {
    return this.total >= 0 && this.ranges.length === 2 && this.ranges[0] === 0 && this.ranges[1] >= this.total
  }

  /** Adds a fragment; false where it fits no datagram, or there are too many holes. */
  add(source: Uint8Array, start: number, end: number, offset: number, more: boolean): boolean {
    const stop = offset + end - start
    if (stop > DATAGRAM_OCTETS_MAX || this.ranges.length >= RANGES_MAX * 2) return false
    // RFC 791: all fragments but the last are a multiple of 8 octets, and none lies past the last.
    if (more && ((end - start) & 7) !== 0) return false
    if (!more && this.total < 0) this.total = stop
    this.reserve(stop)
    let from = offset
    const merged: number[] = []
    let low = offset
    let high = stop
    for (let i = 0; i < this.ranges.length; i += 2) {
      const a = this.ranges[i]
      const b = this.ranges[i + 1]
      if (b < offset || a > stop) {
        merged.push(a, b)
        continue
      }
      if (a < stop && b > offset) this.overlapped = true
      if (a > from) this.copy(source, start + from - offset, from, a)
      from = Math.max(from, b)
      low = Math.min(low, a)
      high = Math.max(high, b)
    }
    if (from < stop) this.copy(source, start + from - offset, from, stop)
    let at = 0
    while (at < merged.length && merged[at] < low) at += 2
    merged.splice(at, 0, low, high)
    this.ranges = merged
    return true
  }

  private copy(source: Uint8Array, at: number, from: number, to: number): void {
    this.bytes.set(source.subarray(at, at + to - from), from)
  }

  private reserve(length: number): void {
    if (length <= this.bytes.length) return
    const grown = new Uint8Array(Math.min(DATAGRAM_OCTETS_MAX, Math.max(length, this.bytes.length * 2)))
    grown.set(this.bytes)
    this.bytes = grown
  }
}
