const SLOTS_FIRST = 64
/** 4,096 slots of 8 octets: 32 KiB for a domain with thousands of novel names, 512 octets for one with three. */
const SLOTS_MAX = 4096
/** Entries one symbol may add: a context and a symbol for each of three orders. */
const ENTRIES_A_SYMBOL = 6
const END = 256
/** Most domains never get a second name: what is new holds nothing of its own. */
const EMPTY = new Uint32Array(2)
const ALPHABET = 257
const COUNT_MAX = 0xffff
/** Below this a product of probabilities is turned into bits, long before it could vanish. */
const PRODUCT_MIN = 1e-200

/**
 * Adaptive order-2 code of one domain's own prefixes (prediction by partial matching, Cleary and Witten 1984, with
 * Witten-Bell blending down to order 0 and a uniform floor): it learns the domain's alphabet and habits, so that
 * hexadecimal digits soon cost near 4 bits and repeated structure near none.
 *
 * Prequential, symbol by symbol: each symbol is coded first and learned after, so the sum is the length of a code that
 * a receiver could decode. When the table is full nothing new is learned; the code stays proper and stops improving.
 * About 60 ns a symbol.
 */
export class AdaptiveCode {
  /** Slot: key, then for a context its total (low half) and number of kinds (high half), for a symbol its count. */
  private slots: Uint32Array = EMPTY
  private used = 0

  /** Bits of `bytes[start, end)` and its end, given everything coded before; learns it on the way. */
  code(bytes: Uint8Array, start: number, end: number): number {
    let bits = 0
    let product = 1
    let one = END
    let two = END
    for (let i = start; i <= end; i++) {
      const symbol = i === end ? END : bytes[i]
      const room = this.used + ENTRIES_A_SYMBOL <= (this.slots.length / 2) * 0.75 || this.grow()
      // Contexts of order 0, 1 and 2; the constants keep the orders apart.
      let p = this.step(0x5bd1e995, symbol, 1 / ALPHABET, room)
      p = this.step(Math.imul(one + 1, 0x9e3779b1) ^ 0x27d4eb2f, symbol, p, room)
      p = this.step(Math.imul(one * 512 + two + 1, 0x85ebca6b) ^ 0x165667b1, symbol, p, room)
      product *= p
      if (product < PRODUCT_MIN) {
        bits -= Math.log2(product)
        product = 1
      }
      two = one
      one = symbol
    }
    return bits - Math.log2(product)
  }

  /** Whether nothing was coded yet. */
  get isNew(): boolean {
    return this.used === 0
  }

  /** Octets of memory held. */
  get sizeBytes(): number {
    return this.slots.byteLength
  }

  /** Probability of the symbol in one context, blended with that of the shorter one; counts it where there is room. */
  private step(context: number, symbol: number, lower: number, room: boolean): number {
    const { slots } = this
    const contextKey = spread(context)
    const symbolKey = spread(context ^ Math.imul(symbol + 1, 0xc2b2ae35))
    const contextAt = this.find(contextKey)
    const symbolAt = this.find(symbolKey)
    const known = slots[contextAt] === contextKey
    const held = slots[symbolAt] === symbolKey
    const total = known ? slots[contextAt + 1] & 0xffff : 0
    const kinds = known ? slots[contextAt + 1] >>> 16 : 0
    // A clash of keys must never make a symbol likelier than certain: that would pay for others.
    const count = held ? Math.min(slots[symbolAt + 1], total) : 0
    const p = total === 0 ? lower : (count + kinds * lower) / (total + kinds)
    if (total < COUNT_MAX && (room || held)) {
      this.raise(contextKey, contextAt, known, held ? 1 : 0x10001)
      // The context may have taken the slot that was free for the symbol.
      const at = held || slots[symbolAt] === 0 ? symbolAt : this.find(symbolKey)
      this.raise(symbolKey, at, held, 1)
    }
    return p
  }

  private raise(key: number, at: number, known: boolean, by: number): void {
    if (!known) {
      this.slots[at] = key
      this.slots[at + 1] = 0
      this.used++
    }
    this.slots[at + 1] += by
  }

  /** Index of the key's slot, or of the free slot where it would go. */
  private find(key: number): number {
    const { slots } = this
    const mask = slots.length - 2
    let at = (key << 1) & mask
    while (slots[at] !== key && slots[at] !== 0) at = (at + 2) & mask
    return at
  }

  private grow(): boolean {
    const old = this.slots
    if (old.length >= SLOTS_MAX * 2) return false
    this.slots = new Uint32Array(Math.max(SLOTS_FIRST * 2, old.length * 2))
    for (let i = 0; i < old.length; i += 2) {
      if (old[i] === 0) continue
      const at = this.find(old[i])
      this.slots[at] = old[i]
      this.slots[at + 1] = old[i + 1]
    }
    return true
  }
}

/** A 32-bit key, never 0. Two of one domain's few thousand keys clash once in some hundred domains, and harm no bound. */
function spread(h: number): number {
  h ^= h >>> 15
  h = Math.imul(h, 0x2c1b3c6d)
  h ^= h >>> 12
  h = Math.imul(h, 0x297a2d39)
  h ^= h >>> 15
  return h === 0 ? 1 : h >>> 0
}
