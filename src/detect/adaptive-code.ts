const SLOTS_FIRST = 64
/** 4,096 slots of 6 octets and up to 2,048 nodes of 8: 40 KiB for a domain with thousands of novel names, 640 octets for one with three. */
const SLOTS_MAX = 4096
const NODES_FIRST = 32
/** Contexts and symbols in all: so that the table has gaps and looking up what is not there stays short. */
const ENTRIES_MAX = 3072
/** Entries one symbol may add: a context and a symbol for each of three orders. */
const ENTRIES_A_SYMBOL = 6
/** Share of the slots that may be taken. */
const FILL_MAX = 0.75
/** Slots, and nodes, one symbol may add. */
const SLOTS_A_SYMBOL = 3
const NODES_A_SYMBOL = 2
const END = 256
const ALPHABET = 257
const COUNT_MAX = 0xffff
/** Below this a product of probabilities is turned into bits, long before it could vanish. */
const PRODUCT_MIN = 1e-200

/** Nodes that are there from the start: the empty context, and the two of what stands before a name's first symbol. */
const ROOT = 0
const START = 1
const START_TWO = 2
const NODES_FIXED = 3
/** Stands for the context of a symbol that came when there was no room: nothing is known of it, nothing learned. */
const NOWHERE = -1
/** Numbers of a node: what came in it, how many different symbols, and how often it came itself in the shorter context. */
const NODE_SHIFT = 2
const KINDS = 1
const COUNT = 2
/** Bits of a symbol within a key. */
const SYMBOL_BITS = 9
/** 2^32 divided by the golden ratio: spreads keys that differ in few bits (Knuth 6.4). */
const SPREAD = 0x9e3779b1
/** Most domains never get a second name: what is new holds nothing of its own. */
const NO_KEYS = new Int32Array(1)
const NO_NUMBERS = new Uint16Array(0)

/**
 * Adaptive order-2 code of one domain's own prefixes (prediction by partial matching, Cleary and Witten 1984, with
 * Witten-Bell blending down to order 0 and a uniform floor): it learns the domain's alphabet and habits, so that
 * hexadecimal digits soon cost near 4 bits and repeated structure near none.
 *
 * Prequential, symbol by symbol: each symbol is coded first and learned after, so the sum is the length of a code that
 * a receiver could decode. When the table is full nothing new is learned; the code stays proper and stops improving.
 *
 * The contexts are a trie: a symbol's node under the empty context is the context of order 1 for what follows, its node
 * under the symbol before it the context of order 2. So a symbol costs three look-ups, and they find the next one's
 * contexts on the way. Children stand in a hash table by (node, symbol), exactly.
 */
export class AdaptiveCode {
  /** Open addressing, linear probing: node and symbol in one number plus one; 0 is free. */
  private keys: Int32Array = NO_KEYS
  /** Of each slot: the child's node; under a context of order 2, which has no nodes below, the symbol's count. */
  private values: Uint16Array = NO_NUMBERS
  private nodes: Uint16Array = NO_NUMBERS
  private nodeCount = 0
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
      const symbol = i === end ? END : bytes[i]
      const room = !this.isFull
      if (room) this.makeRoom()
      const { values, nodes } = this

      let at = this.slotOf(ROOT, symbol)
      let node = at < 0 ? NOWHERE : values[at]
      let p = blend(nodes, ROOT, node, 1 / ALPHABET)
      if (node !== NOWHERE) countAgain(nodes, ROOT, node)
      else if (room) node = this.addNode(ROOT, symbol)

      let longer = NOWHERE
      if (one !== NOWHERE) {
        at = this.slotOf(one, symbol)
        longer = at < 0 ? NOWHERE : values[at]
        p = blend(nodes, one, longer, p)
        if (longer !== NOWHERE) countAgain(nodes, one, longer)
        else if (room) longer = this.addNode(one, symbol)
      }

      if (two !== NOWHERE) {
        const context = two << NODE_SHIFT
        const total = nodes[context]
        if (total > 0) {
          at = this.slotOf(two, symbol)
          const kinds = nodes[context + KINDS]
          p = ((at < 0 ? 0 : values[at]) + kinds * p) / (total + kinds)
        } else at = NOWHERE
        if (at < 0) {
          if (room) this.add(two, symbol, 1)
        } else if (total < COUNT_MAX) {
          values[at]++
          nodes[context]++
        }
      }

      product *= p
      if (product < PRODUCT_MIN) {
        bits -= Math.log2(product)
        product = 1
      }
      one = node
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

  /** Octets of memory held. */
  get sizeBytes(): number {
    return this.used === 0 ? 0 : this.keys.byteLength + this.values.byteLength + this.nodes.byteLength
  }

  /** Whether every look-up would end and stay inside: what a made-up snapshot holds may be anything. */
  get isSound(): boolean {
    const { keys, values, nodes } = this
    const free = keys.reduce((count, key) => count + (key === 0 ? 1 : 0), 0)
    if (this.used === 0) return free === keys.length && this.slotCount === 0 && keys.length === 1
    const square = (keys.length & (keys.length - 1)) === 0 && keys.length >= SLOTS_FIRST && keys.length <= SLOTS_MAX
    const within = this.nodeCount >= NODES_FIXED && this.nodeCount * 2 ** NODE_SHIFT <= nodes.length
    const counted = keys.length - free === this.slotCount && this.slotCount <= keys.length * FILL_MAX
    return square && within && counted && values.length === keys.length
  }

  /** The slot of a symbol that came in the context; -1 where none did. */
  private slotOf(node: number, symbol: number): number {
    const { keys } = this
    const key = (node << SYMBOL_BITS) + symbol + 1
    const mask = keys.length - 1
    let at = (Math.imul(key, SPREAD) >>> 16) & mask
    while (keys[at] !== key) {
      if (keys[at] === 0) return -1
      at = (at + 1) & mask
    }
    return at
  }

  /** A symbol that is new in a context of order 0 or 1, and the node it is from now on. */
  private addNode(context: number, symbol: number): number {
    const node = this.nodeCount
    if (!this.add(context, symbol, node)) return NOWHERE
    this.nodeCount++
    const { nodes } = this
    nodes[node << NODE_SHIFT] = 0
    nodes[(node << NODE_SHIFT) + COUNT] = 1
    return node
  }

  /** Files a symbol that is new in the context; not where the context is counted out. */
  private add(context: number, symbol: number, value: number): boolean {
    const { keys, nodes } = this
    const at = context << NODE_SHIFT
    if (nodes[at] === COUNT_MAX) return false
    this.used += nodes[at] === 0 ? 2 : 1
    nodes[at]++
    nodes[at + KINDS]++
    const key = (context << SYMBOL_BITS) + symbol + 1
    const mask = keys.length - 1
    let slot = (Math.imul(key, SPREAD) >>> 16) & mask
    while (keys[slot] !== 0) slot = (slot + 1) & mask
    keys[slot] = key
    this.values[slot] = value
    this.slotCount++
    return true
  }

  /** Makes sure that one more symbol can be learned. */
  private makeRoom(): void {
    if (this.slotCount + SLOTS_A_SYMBOL > this.keys.length * FILL_MAX) this.growSlots()
    if ((this.nodeCount + NODES_A_SYMBOL) << NODE_SHIFT > this.nodes.length) {
      const more = new Uint16Array(Math.max(NODES_FIRST, (3 * this.nodeCount) >> 1) << NODE_SHIFT)
      more.set(this.nodes)
      this.nodes = more
      this.nodeCount = Math.max(NODES_FIXED, this.nodeCount)
    }
  }

  private growSlots(): void {
    const { keys, values } = this
    const count = Math.max(SLOTS_FIRST, keys.length * 2)
    this.keys = new Int32Array(count)
    this.values = new Uint16Array(count)
    for (let i = 0; i < values.length; i++) {
      if (keys[i] === 0) continue
      let slot = (Math.imul(keys[i], SPREAD) >>> 16) & (count - 1)
      while (this.keys[slot] !== 0) slot = (slot + 1) & (count - 1)
      this.keys[slot] = keys[i]
      this.values[slot] = values[i]
    }
  }
}

/** Probability of the symbol whose node this is, in the context and, for what was not seen there, in the shorter one. */
function blend(nodes: Uint16Array, context: number, node: number, lower: number): number {
  const total = nodes[context << NODE_SHIFT]
  if (total === 0) return lower
  const kinds = nodes[(context << NODE_SHIFT) + KINDS]
  return ((node === NOWHERE ? 0 : nodes[(node << NODE_SHIFT) + COUNT]) + kinds * lower) / (total + kinds)
}

function countAgain(nodes: Uint16Array, context: number, node: number): void {
  if (nodes[context << NODE_SHIFT] === COUNT_MAX) return
  nodes[context << NODE_SHIFT]++
  nodes[(node << NODE_SHIFT) + COUNT]++
}
