const SLOTS_FIRST = 64
/** 4,096 slots of 8 octets and up to 2,048 contexts of 4: 40 KiB for a domain with thousands of novel names, 640 octets for one with three. */
const SLOTS_MAX = 4096
const CONTEXTS_FIRST = 32
/** Contexts and symbols in all: so that the table has gaps and looking up what is not there stays short. */
const ENTRIES_MAX = 3072
/** Entries one symbol may add: a context and a symbol for each of three orders. */
const ENTRIES_A_SYMBOL = 6
/** Share of the slots that may be taken. */
const FILL_MAX = 0.75
/** Slots, and contexts, one symbol may add. */
const SLOTS_A_SYMBOL = 3
const CONTEXTS_A_SYMBOL = 2
const ALPHABET = 257
/** Symbols are octets plus one, so that no key is 0, and the end. */
const END = 257
const COUNT_MAX = 0xffff
/** Below this a product of probabilities is turned into bits, long before it could vanish. */
const PRODUCT_MIN = 1e-200

/** Contexts that are there from the start: the empty one, and the two of what stands before a name's first symbol. */
const ROOT = 0
const START = 1
const START_TWO = 2
const CONTEXTS_FIXED = 3
/** Stands for the context of a symbol that came when there was no room: nothing is known of it, nothing learned. */
const NOWHERE = -1
/** Two numbers of 16 bits stand in one of 32: here the upper begins. */
const UPPER = 16
const LOWER = 0xffff
const ONCE = 1 << UPPER
/** Bits of a symbol within a key. */
const SYMBOL_BITS = 9
/** 2^32 divided by the golden ratio: spreads keys that differ in few bits (Knuth 6.4). */
const SPREAD = 0x9e3779b1
/** Most domains never get a second name: what is new holds nothing of its own. */
const NO_SLOTS = new Int32Array(2)
const NO_CONTEXTS = new Int32Array(0)

/**
 * Adaptive order-2 code of one domain's own prefixes (prediction by partial matching, Cleary and Witten 1984, with
 * Witten-Bell blending down to order 0 and a uniform floor): it learns the domain's alphabet and habits, so that
 * hexadecimal digits soon cost near 4 bits and repeated structure near none.
 *
 * Prequential, symbol by symbol: each symbol is coded first and learned after, so the sum is the length of a code that
 * a receiver could decode. When the table is full nothing new is learned; the code stays proper and stops improving.
 *
 * The contexts are a trie: what a symbol is in the empty context is the context of order 1 for what follows, what it is
 * in that of the symbol before it the context of order 2. So a symbol costs three look-ups, and they find the next one's
 * contexts on the way. Symbols stand in a hash table by (context, symbol), exactly, each key beside all that is known of
 * it: a look-up reaches for one place of the memory.
 */
export class AdaptiveCode {
  /**
   * Open addressing, linear probing; two numbers a slot. Context and symbol in one number, 0 where it is free; the
   * context that the symbol is for what follows (upper half; none of order 3) and how often it came.
   */
  private slots: Int32Array = NO_SLOTS
  /** Of each context: how often anything came in it (upper half) and how many different symbols. */
  private contexts: Int32Array = NO_CONTEXTS
  private contextCount = 0
  private slotCount = 0
  /** Contexts and symbols learned. */
  private used = 0

  /** Bits of `bytes[start, end)` and its end, given everything coded before; learns it on the way. */
  code(bytes: Uint8Array, start: number, end: number): number {
    let bits = 0
    let product = 1
    let one = START
    let two = START_TWO
    for (let i = start; i <= end; i++) {
      const symbol = i === end ? END : bytes[i] + 1
      const room = !this.isFull
      if (room) this.makeRoom()
      const { slots, contexts } = this

      // Three times the same by hand: as a function of its own it is compiled worse.
      const mask = slots.length - 2
      let p = 1 / ALPHABET
      let next = NOWHERE
      let at = find(slots, mask, symbol)
      let counts = contexts[ROOT]
      if (at >= 0) {
        const slot = slots[at + 1]
        p = ((slot & LOWER) + (counts & LOWER) * p) / ((counts >>> UPPER) + (counts & LOWER))
        next = slot >>> UPPER
        if (counts >>> UPPER !== COUNT_MAX) {
          slots[at + 1] = slot + 1
          contexts[ROOT] = counts + ONCE
        }
      } else {
        if (counts !== 0) p = ((counts & LOWER) * p) / ((counts >>> UPPER) + (counts & LOWER))
        if (room) next = this.addContext(ROOT, symbol)
      }

      let longer = NOWHERE
      if (one !== NOWHERE) {
        at = find(slots, mask, (one << SYMBOL_BITS) + symbol)
        counts = contexts[one]
        if (at >= 0) {
          const slot = slots[at + 1]
          p = ((slot & LOWER) + (counts & LOWER) * p) / ((counts >>> UPPER) + (counts & LOWER))
          longer = slot >>> UPPER
          if (counts >>> UPPER !== COUNT_MAX) {
            slots[at + 1] = slot + 1
            contexts[one] = counts + ONCE
          }
        } else {
          if (counts !== 0) p = ((counts & LOWER) * p) / ((counts >>> UPPER) + (counts & LOWER))
          if (room) longer = this.addContext(one, symbol)
        }
      }

      if (two !== NOWHERE) {
        counts = contexts[two]
        at = counts === 0 ? -1 : find(slots, mask, (two << SYMBOL_BITS) + symbol)
        if (at >= 0) {
          const slot = slots[at + 1]
          p = ((slot & LOWER) + (counts & LOWER) * p) / ((counts >>> UPPER) + (counts & LOWER))
          if (counts >>> UPPER !== COUNT_MAX) {
            slots[at + 1] = slot + 1
            contexts[two] = counts + ONCE
          }
        } else {
          if (counts !== 0) p = ((counts & LOWER) * p) / ((counts >>> UPPER) + (counts & LOWER))
          if (room) this.add(two, symbol, 0)
        }
      }

      product *= p
      if (product < PRODUCT_MIN) {
        bits -= Math.log2(product)
        product = 1
      }
      one = next
      two = longer
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

  /**
   * Octets of memory held, roughly: 6 a slot and 8 a context, where 8 and 4 are held, which is the same for the smallest
   * and the largest table. Which domains must forget goes by this, and so do all figures that were taken with it.
   */
  get sizeBytes(): number {
    return this.used === 0 ? 0 : (this.slots.length >> 1) * 6 + this.contexts.length * 8
  }

  /** Whether every look-up would end and stay inside: what a made-up snapshot holds may be anything. */
  get isSound(): boolean {
    const { slots, contexts, contextCount, slotCount } = this
    const count = slots.length / 2
    let taken = 0
    for (let at = 0; at < slots.length; at += 2) {
      if (slots[at] === 0) continue
      taken++
      const context = slots[at] >>> SYMBOL_BITS
      if (context >= contextCount || slots[at + 1] >>> UPPER >= contextCount) return false
      if ((slots[at + 1] & LOWER) > contexts[context] >>> UPPER) return false
    }
    if (taken !== slotCount) return false
    if (this.used === 0) return taken === 0 && slots.length === NO_SLOTS.length && contexts.length === 0
    const square = (count & (count - 1)) === 0 && count >= SLOTS_FIRST && count <= SLOTS_MAX
    return square && slotCount <= count * FILL_MAX && contextCount >= CONTEXTS_FIXED && contextCount <= contexts.length
  }

  /** A symbol that is new in a context of order 0 or 1, and the context it is from now on. */
  private addContext(context: number, symbol: number): number {
    const added = this.contextCount
    if (!this.add(context, symbol, added)) return NOWHERE
    this.contextCount++
    this.contexts[added] = 0
    return added
  }

  /** Files a symbol that is new in the context; not where the context is counted out. */
  private add(context: number, symbol: number, next: number): boolean {
    const { slots, contexts } = this
    const counts = contexts[context]
    if (counts >>> UPPER === COUNT_MAX) return false
    this.used += counts === 0 ? 2 : 1
    contexts[context] = counts + ONCE + 1
    const key = (context << SYMBOL_BITS) + symbol
    const at = freeSlot(slots, key)
    slots[at] = key
    slots[at + 1] = (next << UPPER) + 1
    this.slotCount++
    return true
  }

  /** Makes sure that one more symbol can be learned. */
  private makeRoom(): void {
    if (this.slotCount + SLOTS_A_SYMBOL > (this.slots.length >> 1) * FILL_MAX) this.growSlots()
    if (this.contextCount + CONTEXTS_A_SYMBOL > this.contexts.length) {
      const more = new Int32Array(Math.max(CONTEXTS_FIRST, (3 * this.contextCount) >> 1))
      more.set(this.contexts)
      this.contexts = more
      this.contextCount = Math.max(CONTEXTS_FIXED, this.contextCount)
    }
  }

  private growSlots(): void {
    const { slots } = this
    const more = new Int32Array(Math.max(2 * SLOTS_FIRST, 2 * slots.length))
    for (let i = 0; i < slots.length; i += 2) {
      if (slots[i] === 0) continue
      const at = freeSlot(more, slots[i])
      more[at] = slots[i]
      more[at + 1] = slots[i + 1]
    }
    this.slots = more
  }
}

/** Where a key stands; -1 where it does not. `mask` is that of places of slots. */
function find(slots: Int32Array, mask: number, key: number): number {
  let at = ((Math.imul(key, SPREAD) >>> 16) << 1) & mask
  for (;;) {
    const found = slots[at]
    if (found === key) return at
    if (found === 0) return -1
    at = (at + 2) & mask
  }
}

/** Where a key that is not there yet may stand. */
function freeSlot(slots: Int32Array, key: number): number {
  const mask = slots.length - 2
  let at = ((Math.imul(key, SPREAD) >>> 16) << 1) & mask
  while (slots[at] !== 0) at = (at + 2) & mask
  return at
}
