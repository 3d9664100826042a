const SLOTS_FIRST = 64
/** 4,096 slots of 6 octets: 24 KiB for a domain with thousands of novel names, 384 octets for one with three. */
const SLOTS_MAX = 4096
/** Pseudo-symbols beside the 256 octets: end of name, and per context its total and its number of distinct symbols. */
const END = 256
const TOTAL = 257
const TYPES = 258
const ALPHABET = 257

/**
 * Adaptive order-2 code of one domain's own prefixes (reference: prediction by partial matching, Cleary and Witten
 * 1984, with Witten-Bell blending down to order 0 and a uniform floor): learns the domain's alphabet and habits, so
 * that hexadecimal digits soon cost near 4 bits and repeated structure near none.
 *
 * Prequential: {@link bits} first, {@link learn} after, so the sum over names is the length of a code a receiver could
 * decode. When the table is full nothing new is learned; the code stays proper and only stops improving.
 */
export class AdaptiveCode {
  private keys = new Uint32Array(SLOTS_FIRST)
  private counts = new Uint16Array(SLOTS_FIRST)
  private used = 0

  /** Bits to send `bytes[start, end)` and its end, given everything learned before. */
  bits(bytes: Uint8Array, start: number, end: number): number {
    let sum = 0
    let one = END
    let two = END
    for (let i = start; i <= end; i++) {
      const symbol = i === end ? END : bytes[i]
      let p = 1 / ALPHABET
      p = this.blend(0, 0, symbol, p)
      p = this.blend(1, one, symbol, p)
      p = this.blend(2, one * 512 + two, symbol, p)
      sum -= Math.log2(p)
      two = one
      one = symbol
    }
    return sum
  }

  /** Adds one prefix to what is known. */
  learn(bytes: Uint8Array, start: number, end: number): void {
    let one = END
    let two = END
    for (let i = start; i <= end; i++) {
      const symbol = i === end ? END : bytes[i]
      this.count(0, 0, symbol)
      this.count(1, one, symbol)
      this.count(2, one * 512 + two, symbol)
      two = one
      one = symbol
    }
  }

  /** Octets of memory held. */
  get sizeBytes(): number {
    return this.keys.length * 6
  }

  private blend(order: number, context: number, symbol: number, lower: number): number {
    const total = this.get(order, context, TOTAL)
    if (total === 0) return lower
    const types = this.get(order, context, TYPES)
    return (this.get(order, context, symbol) + types * lower) / (total + types)
  }

  private count(order: number, context: number, symbol: number): void {
    // Room for the symbol and, in a new context, its two counters; a context is never left without them.
    if (this.used + 3 > this.keys.length * 0.75 && !this.grow()) {
      if (this.get(order, context, symbol) === 0) return
    }
    const total = this.slot(order, context, TOTAL)
    if (this.counts[total] === 0xffff) return
    const at = this.slot(order, context, symbol)
    if (this.counts[at]++ === 0) this.counts[this.slot(order, context, TYPES)]++
    this.counts[total]++
  }

  private get(order: number, context: number, symbol: number): number {
    const key = keyOf(order, context, symbol)
    const mask = this.keys.length - 1
    for (let at = key & mask; ; at = (at + 1) & mask) {
      if (this.keys[at] === key) return this.counts[at]
      if (this.keys[at] === 0) return 0
    }
  }

  private slot(order: number, context: number, symbol: number): number {
    const key = keyOf(order, context, symbol)
    const mask = this.keys.length - 1
    let at = key & mask
    while (this.keys[at] !== key && this.keys[at] !== 0) at = (at + 1) & mask
    if (this.keys[at] === 0) {
      this.keys[at] = key
      this.used++
    }
    return at
  }

  private grow(): boolean {
    const { keys, counts } = this
    if (keys.length >= SLOTS_MAX) return false
    this.keys = new Uint32Array(keys.length * 2)
    this.counts = new Uint16Array(this.keys.length)
    const mask = this.keys.length - 1
    for (let i = 0; i < keys.length; i++) {
      if (keys[i] === 0) continue
      let at = keys[i] & mask
      while (this.keys[at] !== 0) at = (at + 1) & mask
      this.keys[at] = keys[i]
      this.counts[at] = counts[i]
    }
    return true
  }
}

/** 32-bit key of (order, context, symbol), never 0. Two of one domain's few thousand keys clash once in a thousand domains. */
function keyOf(order: number, context: number, symbol: number): number {
  let h = Math.imul(context + 0x9e3779b9, 0x85ebca6b) ^ Math.imul(symbol + 1 + (order << 10), 0xc2b2ae35)
  h ^= h >>> 15
  h = Math.imul(h, 0x27d4eb2f)
  h ^= h >>> 13
  return h === 0 ? 1 : h >>> 0
}
