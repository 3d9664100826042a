import type { ByteContexts } from './byte-contexts.ts'

const SYMBOLS = 257
const END = 256
/** 2^32 divided by the golden ratio: spreads keys that differ in few bits (Knuth 6.4). */
const SPREAD = 0x9e3779b1
/** No symbol costs more than 64 bits where it was ever seen. */
const CODE_MAX = 65_535

/**
 * The code length of every symbol in every known context, with all backing off done beforehand. One probe of a hash
 * table finds the longest known context's row, one more access the code: no path depends on whether the symbol was
 * seen, so that payloads cost little more than names. For 30,000 contexts and 45 octets ever seen 3 MB, built in about 10 ms.
 */
export class ByteCodeRows {
  /** Code by (last octet, symbol), with order 0 where a symbol was not seen after the octet. */
  readonly #order1 = new Int32Array(256 * SYMBOLS)
  /** Column of each symbol in a row; 0 for octets that no context of order 2 or 3 has seen. */
  readonly #columns = new Uint16Array(SYMBOLS)
  /** Row after row; column 0 holds what backing off to order 1 costs. Row 0 means "no such context". */
  readonly #rows: Uint16Array
  readonly #width: number
  readonly #rowOfOrder2 = new Int32Array(65_536)
  /** Open addressing with linear probing: slots of (order-3 context plus one, row); key 0 is free. */
  readonly #slots: Int32Array
  readonly #shift: number

  constructor(order0: Uint16Array, orders: readonly ByteContexts[]) {
    const [first, second, third] = orders
    this.#width = 1
    for (const octet of new Set([...second.octets, ...third.octets])) this.#columns[octet] = this.#width++
    this.#columns[END] = this.#width++
    this.#rows = new Uint16Array(rowsNeeded(orders) * this.#width)
    const slotBits = Math.max(4, Math.ceil(Math.log2(third.contexts.length + 1)) + 1)
    this.#slots = new Int32Array(2 ** (slotBits + 1))
    this.#shift = 32 - slotBits
    this.#fillOrder1(order0, first)
    this.#fillRows(second, 1, (context, row) => {
      this.#rowOfOrder2[context] = row
      return 0
    })
    this.#fillRows(third, 1 + second.contexts.length, (context, row) => {
      const slot = this.#slot(context)
      this.#slots[slot] = context + 1
      this.#slots[slot + 1] = row
      return this.#rowOfOrder2[context & 0xffff]
    })
  }

  /** Cost of `symbol` after the three octets in `context`, in units of 1 / 1024 bit. */
  code(context: number, symbol: number): number {
    let row = this.#slots[this.#slot(context) + 1]
    if (row === 0) row = this.#rowOfOrder2[context & 0xffff]
    const column = this.#columns[symbol]
    const code = this.#rows[row * this.#width + column]
    return column !== 0 && row !== 0 ? code : code + this.#order1[(context & 0xff) * SYMBOLS + symbol]
  }

  #slot(context: number): number {
    const slots = this.#slots
    let at = (Math.imul(context, SPREAD) >>> this.#shift) << 1
    while (slots[at] !== context + 1 && slots[at] !== 0) at = (at + 2) & (slots.length - 1)
    return at
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

  /** Fills rows from `row` on; `enter` files a context and names the row it backs off to. */
  #fillRows(order: ByteContexts, row: number, enter: (context: number, row: number) => number): void {
    const rows = this.#rows
    const width = this.#width
    for (let i = 0, pair = 0; i < order.contexts.length; i++, row++) {
      const shorter = enter(order.contexts[i], row) * width
      const backoff = order.backoffs[i]
      const at = row * width
      if (shorter > 0) for (let c = 0; c < width; c++) rows[at + c] = Math.min(CODE_MAX, rows[shorter + c] + backoff)
      else this.#fillFromOrder1(at, order.contexts[i] & 0xff, backoff)
      if (order.ends[i] > 0) rows[at + this.#columns[END]] = order.ends[i]
      for (const stop = pair + order.counts[i]; pair < stop; pair++) {
        rows[at + this.#columns[order.octets[pair]]] = order.codes[pair]
      }
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

/** Rows of the table, which a loader bounds before it builds one. */
export function rowsNeeded(orders: readonly ByteContexts[]): number {
  return 1 + orders[1].contexts.length + orders[2].contexts.length
}
