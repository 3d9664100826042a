const SLOTS_FIRST = 64
/** 4,096 slots of 8 octets: 32 KiB for a domain with thousands of novel names, 512 octets for one with three. */
const SLOTS_MAX = 4096
/** Entries in all: with three quarters of the slots taken, looking up what is not there stays short. */
const ENTRIES_MAX = SLOTS_MAX * 0.75
/** Entries one symbol may add: a context and a symbol for each of three orders. */
const ENTRIES_A_SYMBOL = 6
const END = 256
const ALPHABET = 257
const COUNT_MAX = 0xffff
/** Below this a product of probabilities is turned into bits, long before it could vanish. */
const PRODUCT_MIN = 1e-200
/** Stands in a free slot, behind every key. */
const FREE = 0x7fffffff
/** Slots behind the last place, for keys that meet there. */
const MARGIN_MIN = 16
/** Most domains never get a second name: what is new holds nothing of its own. */
const EMPTY = Int32Array.of(FREE, 0)

/**
 * Adaptive order-2 code of one domain's own prefixes (prediction by partial matching, Cleary and Witten 1984, with
 * Witten-Bell blending down to order 0 and a uniform floor): it learns the domain's alphabet and habits, so that
 * hexadecimal digits soon cost near 4 bits and repeated structure near none.
 *
 * Prequential, symbol by symbol: each symbol is coded first and learned after, so the sum is the length of a code that
 * a receiver could decode. When the table is full nothing new is learned; the code stays proper and stops improving.
 *
 * The table is a sorted list with gaps: a key's place is its share of the range of keys, and keys that meet there
 * stand in order, so that one comparison a slot finds a key and finds that it is missing. About 40 ns a symbol.
 */
export class AdaptiveCode {
  /** Slot: key, then for a context its total (low half) and number of kinds (high half), for a symbol its count. */
  private slots: Int32Array = EMPTY
  private used = 0
  /** Of the context met last: symbols that came in it, and how many different ones. */
  private total = 0
  private kinds = 0

  /** Bits of `bytes[start, end)` and its end, given everything coded before; learns it on the way. */
  code(bytes: Uint8Array, start: number, end: number): number {
    let bits = 0
    let product = 1
    let one = END
    let two = END
    for (let i = start; i <= end; i++) {
      const symbol = i === end ? END : bytes[i]
      const room = !this.isFull
      if (room && this.used + ENTRIES_A_SYMBOL > slotsOf(this.slots) * 0.75) this.grow()
      const own = SYMBOL[symbol]
      let p = 1 / ALPHABET
      // Contexts of order 0, 1 and 2, each blended with the shorter; the constants keep the orders apart.
      let count = this.count(ORDER_0_KEY, ORDER_0_SYMBOL[symbol], room)
      if (this.total > 0) p = (count + this.kinds * p) / (this.total + this.kinds)
      count = this.count(ORDER_1_KEY[one], spread(ORDER_1[one] ^ own), room)
      if (this.total > 0) p = (count + this.kinds * p) / (this.total + this.kinds)
      const context = Math.imul(one * 512 + two + 1, 0x85ebca6b) ^ 0x165667b1
      count = this.count(spread(context), spread(context ^ own), room)
      if (this.total > 0) p = (count + this.kinds * p) / (this.total + this.kinds)
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

  /** Whether nothing new is learned any more. */
  get isFull(): boolean {
    return this.used + ENTRIES_A_SYMBOL > ENTRIES_MAX
  }

  /** Octets of memory held, without the margin. */
  get sizeBytes(): number {
    return slotsOf(this.slots) * 8
  }

  /**
   * How often the symbol came in the context so far; leaves `total` and `kinds` of the context, 0 where it is new. Then
   * counts it once more, where there is room. (Whole numbers only: a probability handed back would be boxed.)
   */
  private count(contextKey: number, symbolKey: number, room: boolean): number {
    const { slots } = this
    const contextAt = find(slots, contextKey)
    // A symbol is in the table only where its context is.
    if (slots[contextAt] !== contextKey) {
      this.total = 0
      if (room) {
        this.insert(contextKey, 0x10001)
        this.insert(symbolKey, 1)
      }
      return 0
    }
    const symbolAt = find(slots, symbolKey)
    const held = slots[symbolAt] === symbolKey
    const total = slots[contextAt + 1] & 0xffff
    // A clash of keys must never make a symbol likelier than certain: that would pay for others.
    const count = held ? Math.min(slots[symbolAt + 1], total) : 0
    this.total = total
    this.kinds = slots[contextAt + 1] >>> 16
    if (total < COUNT_MAX) {
      if (held) {
        slots[contextAt + 1]++
        slots[symbolAt + 1]++
      } else if (room) {
        slots[contextAt + 1] += 0x10001
        this.insert(symbolKey, 1)
      }
    }
    return count
  }

  /** Puts a new key in its place; those behind it move on by one, up to the next gap. */
  private insert(key: number, value: number): void {
    const { slots } = this
    const at = find(slots, key)
    let gap = at
    while (gap < slots.length - 2 && slots[gap] !== FREE) gap += 2
    // The last slot stays free, so that every search ends. Rare: the margin behind the last place is used up.
    if (gap >= slots.length - 2) {
      if (this.grow()) this.insert(key, value)
      return
    }
    for (; gap > at; gap -= 2) {
      slots[gap] = slots[gap - 2]
      slots[gap + 1] = slots[gap - 1]
    }
    slots[at] = key
    slots[at + 1] = value
    this.used++
  }

  private grow(): boolean {
    const old = this.slots
    const count = old === EMPTY ? SLOTS_FIRST : slotsOf(old) * 2
    if (count > SLOTS_MAX) return false
    this.slots = new Int32Array(2 * (count + Math.max(MARGIN_MIN, count >> 6))).fill(FREE)
    this.used = 0
    for (let i = 0; i < old.length; i += 2) if (old[i] !== FREE) this.insert(old[i], old[i + 1])
    return true
  }
}

/** Slots that keys have their places in; the rest is margin. */
function slotsOf(slots: Int32Array): number {
  return 1 << (31 - Math.clz32(slots.length >> 1))
}

/** Index of the key's slot, or of the one where it would go. */
function find(slots: Int32Array, key: number): number {
  let at = ((key ^ 0x80000000) >>> (Math.clz32(slots.length >> 1) + 1)) << 1
  while (slots[at] < key) at += 2
  return at
}

/** A 32-bit key before FREE. Two of one domain's few thousand keys clash once in some hundred domains, and harm no bound. */
function spread(h: number): number {
  h ^= h >>> 15
  h = Math.imul(h, 0x2c1b3c6d)
  h ^= h >>> 12
  h = Math.imul(h, 0x297a2d39)
  h ^= h >>> 15
  return h === FREE ? 0 : h
}

const ORDER_0 = 0x5bd1e995
/** What a symbol, and the symbol before it as a context of order 1, add to a key. */
const SYMBOL = Int32Array.from({ length: ALPHABET }, (_, symbol) => Math.imul(symbol + 1, 0xc2b2ae35))
const ORDER_1 = Int32Array.from({ length: ALPHABET }, (_, one) => Math.imul(one + 1, 0x9e3779b1) ^ 0x27d4eb2f)
const ORDER_0_KEY = spread(ORDER_0)
const ORDER_0_SYMBOL = SYMBOL.map((symbol) => spread(ORDER_0 ^ symbol))
const ORDER_1_KEY = ORDER_1.map(spread)
