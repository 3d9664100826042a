import type { ByteContexts } from './byte-contexts.ts'

const SYMBOLS = 257
const END = 256
/** No symbol costs more than 64 bits where it was ever seen. */
const CODE_MAX = 65_535
/** Code lengths are whole multiples of this many bits. */
const UNIT = 1 / 1024

/**
 * The code length of every symbol in every known context, with all backing off done beforehand. Three octets find a row
 * without a probe or a branch (the pair next to the symbol finds a block, the octet before it a row in it), and the
 * symbol a code in it: no look-up waits for the one before, so that payloads cost no more than names.
 */
export class ByteCodeRows {
  /** Code by (last octet, symbol), with order 0 where a symbol was not seen after the octet. */
  readonly #order1 = new Int32Array(256 * SYMBOLS)
  /** Column of each symbol in a row; 0 for octets that no context of order 2 or 3 has seen. */
  readonly #columns = new Uint16Array(SYMBOLS)
  readonly #width: number
  /** Row after row; column 0 holds what backing off to order 1 costs. */
  readonly #rows: Uint16Array
  /** Place of each octet in a context; all that no context holds share place 0. */
  readonly #places = new Uint16Array(SYMBOLS)
  readonly #placeCount: number
  /** Where the block of (octet before the last, last octet) begins in `#triples`. */
  readonly #blocks: Int32Array
  /** Block after block: the row of each octet before the pair. */
  readonly #triples: Int32Array

  constructor(order0: Uint16Array, orders: readonly ByteContexts[]) {
    const [first, second, third] = orders
    this.#width = placeSymbols(second, third, this.#columns)
    this.#placeCount = placeOctets(orders, this.#places)
    this.#fillOrder1(order0, first)
    const pairs = pairsOf(second, third)
    this.#rows = new Uint16Array((this.#placeCount + second.contexts.length + third.contexts.length) * this.#width)
    this.#blocks = new Int32Array(this.#placeCount ** 2)
    this.#triples = new Int32Array((this.#placeCount + pairs.length) * this.#placeCount)
    this.#fillShortest()
    this.#openBlocks(pairs)
    this.#fillRows(second, this.#placeCount, (context, row) => {
      const block = this.#blockOf(context)
      this.#triples.fill(row, block, block + this.#placeCount)
    })
    this.#fillRows(third, this.#placeCount + second.contexts.length, (context, row) => {
      this.#triples[this.#blockOf(context) + this.#places[context >>> 16]] = row
    })
  }

  /** Cost of `symbol` after the three octets in `context`, in units of 1 / 1024 bit. */
  code(context: number, symbol: number): number {
    const row = this.#triples[this.#blockOf(context) + this.#places[context >>> 16]]
    const column = this.#columns[symbol]
    const code = this.#rows[row * this.#width + column]
    return column !== 0 ? code : code + this.#order1[(context & 0xff) * SYMBOLS + symbol]
  }

  /** Bits of the first 0, 1, 2 ... symbols of `bytes[0, length)` and its end, into `sums[0, length + 2)`. */
  sumBits(bytes: Uint8Array, length: number, sums: Float64Array): void {
    const rows = this.#rows
    const width = this.#width
    const columns = this.#columns
    const places = this.#places
    const placeCount = this.#placeCount
    const blocks = this.#blocks
    const triples = this.#triples
    let before = places[0]
    let one = before
    let two = before
    let last = 0
    let units = 0
    sums[0] = 0
    for (let i = 0; i <= length; i++) {
      const symbol = i === length ? END : bytes[i]
      const row = triples[blocks[two * placeCount + one] + before]
      const column = columns[symbol]
      units += rows[row * width + column]
      if (column === 0) units += this.#order1[last * SYMBOLS + symbol]
      sums[i + 1] = units * UNIT
      last = symbol
      before = two
      two = one
      one = places[symbol]
    }
  }

  #blockOf(context: number): number {
    return this.#blocks[this.#places[(context >>> 8) & 0xff] * this.#placeCount + this.#places[context & 0xff]]
  }

  #fillOrder1(order0: Uint16Array, order: ByteContexts): void {
    const table = this.#order1
    for (let octet = 0; octet < 256; octet++) table.set(order0, octet * SYMBOLS)
    for (let i = 0, pair = 0; i < order.contexts.length; i++) {
      const row = order.contexts[i] * SYMBOLS
      for (let symbol = 0; symbol < SYMBOLS; symbol++) table[row + symbol] += order.backoffs[i]
      if (order.ends[i] > 0) table[row + END] = order.ends[i]
      for (const stop = pair + order.counts[i]; pair < stop; pair++) table[row + order.octets[pair]] = order.codes[pair]
    }
  }

  /** The first rows are those of order 1, one a place; every pair starts out with that of its last octet. */
  #fillShortest(): void {
    const known = new Set(this.#places)
    for (let octet = 0; octet < 256; octet++) {
      const row = this.#places[octet]
      if (known.delete(row)) this.#fillFromOrder1(row * this.#width, octet, 0)
    }
    for (let place = 0; place < this.#placeCount; place++) {
      const block = place * this.#placeCount
      this.#triples.fill(place, block, block + this.#placeCount)
      for (let two = 0; two < this.#placeCount; two++) this.#blocks[two * this.#placeCount + place] = block
    }
  }

  /** A block of its own for each pair that is a context or the end of one. */
  #openBlocks(pairs: readonly number[]): void {
    pairs.forEach((pair, i) => {
      const at = this.#places[pair >>> 8] * this.#placeCount + this.#places[pair & 0xff]
      const block = (this.#placeCount + i) * this.#placeCount
      this.#triples.fill(this.#places[pair & 0xff], block, block + this.#placeCount)
      this.#blocks[at] = block
    })
  }

  /** Fills rows from `row` on, each from the row its context had before; `enter` files it there. */
  #fillRows(order: ByteContexts, row: number, enter: (context: number, row: number) => void): void {
    const rows = this.#rows
    const width = this.#width
    for (let i = 0, pair = 0; i < order.contexts.length; i++, row++) {
      const context = order.contexts[i]
      const shorter = this.#triples[this.#blockOf(context) + this.#places[context >>> 16]] * width
      const backoff = order.backoffs[i]
      const at = row * width
      for (let c = 0; c < width; c++) rows[at + c] = Math.min(CODE_MAX, rows[shorter + c] + backoff)
      if (order.ends[i] > 0) rows[at + this.#columns[END]] = order.ends[i]
      for (const stop = pair + order.counts[i]; pair < stop; pair++) {
        rows[at + this.#columns[order.octets[pair]]] = order.codes[pair]
      }
      enter(context, row)
    }
  }

  #fillFromOrder1(at: number, octet: number, backoff: number): void {
    this.#rows[at] = backoff
    for (let symbol = 0; symbol < SYMBOLS; symbol++) {
      const column = this.#columns[symbol]
      if (column > 0) this.#rows[at + column] = Math.min(CODE_MAX, this.#order1[octet * SYMBOLS + symbol] + backoff)
    }
  }
}

/** Cells of the two tables, which a loader bounds before it builds them. */
export function cellsNeeded(orders: readonly ByteContexts[]): number {
  const [, second, third] = orders
  const places = placeOctets(orders, new Uint16Array(SYMBOLS))
  const width = placeSymbols(second, third, new Uint16Array(SYMBOLS))
  const contexts = places + second.contexts.length + third.contexts.length
  return contexts * width + (places + pairsOf(second, third).length) * places
}

/** Gives each octet of a context its place, from 1 on, and returns how many places there are. */
function placeOctets(orders: readonly ByteContexts[], places: Uint16Array): number {
  let count = 1
  const place = (octet: number) => {
    if (places[octet] === 0) places[octet] = count++
  }
  // What stands before a name's first symbol.
  place(0)
  orders.forEach(({ contexts }, order) => {
    for (let i = 0; i < contexts.length; i++) {
      for (let back = 0; back <= order; back++) place((contexts[i] >>> (8 * back)) & 0xff)
    }
  })
  return count
}

/** Gives each octet that a context of order 2 or 3 has seen its column, from 1 on, the end the last; returns the width. */
function placeSymbols(second: ByteContexts, third: ByteContexts, columns: Uint16Array): number {
  let width = 1
  for (const { octets } of [second, third]) {
    for (let i = 0; i < octets.length; i++) if (columns[octets[i]] === 0) columns[octets[i]] = width++
  }
  columns[END] = width
  return width + 1
}

/** The contexts of order 2, and those that only stand at the end of one of order 3. */
function pairsOf(second: ByteContexts, third: ByteContexts): number[] {
  const seen = new Uint8Array(65_536)
  const pairs: number[] = []
  for (const { contexts } of [second, third]) {
    for (let i = 0; i < contexts.length; i++) {
      const pair = contexts[i] & 0xffff
      if (seen[pair] === 0) pairs.push(pair)
      seen[pair] = 1
    }
  }
  return pairs
}
