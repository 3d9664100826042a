import { ByteCodeRows, cellsNeeded } from './byte-code-rows.ts'
import { type ByteContexts, checkContexts } from './byte-contexts.ts'
import { arrayOf, demand, type Model, type SavedModel } from './model.ts'

/** The symbol after the last octet. */
export const END = 256
/** Symbols: 256 octets and the end. */
export const SYMBOLS = 257
/** Code lengths are whole multiples of 1 / CODE_UNIT bit, rounded up, so that they stay a code. */
export const CODE_UNIT = 1024

/** Cells that a file's contexts may need: tables of 67 MB at worst. */
const CELLS_MAX = 2 ** 24

/** The context after `octet`: the last three octets in one integer, the newest lowest; 0 stands before the start. */
export function nextContext(context: number, octet: number): number {
  return ((context << 8) | octet) & 0xffffff
}

/**
 * How many bits a byte string costs under a model of ordinary ones: an order-3 model that backs off to shorter
 * contexts, with an end symbol. Fed with prefixes of ordinary DNS names, it finds `www` cheap and a payload dear.
 *
 * It is a **proper code**: in every context the probabilities of the 257 symbols sum to one at most (rounding takes
 * up to 0.1 %), so summed bits bound from above, in expectation, what any choice of names can tell. It fails as a
 * *detector* where ordinary names are themselves dear: hashes of a CDN cost as much as a tunnel's. Octets are taken
 * as they are: fold case before, as the trainer's input was folded.
 *
 * Costs three look-ups in tables an octet, none of which waits for another.
 *
 * @example
 * const trainer = new ByteLanguageModelTrainer()
 * trainer.add(Buffer.from('www'), 100)
 * trainer.build().bits(Buffer.from('www'), 0, 3) // 0.017578125
 * trainer.build().bits(Buffer.from('xyz'), 0, 3) // 68.95703125
 *
 * Source: Witten and Bell, The zero-frequency problem, IEEE Trans. Information Theory 37(4), 1991 (method C);
 * pruning as in Seymore and Rosenfeld, Scalable backoff language models, ICSLP 1996.
 */
export class ByteLanguageModel implements Model {
  static readonly kind = 'byte-language-model'
  readonly kind = ByteLanguageModel.kind
  readonly featureNames: readonly string[] = []
  /** For order 1 to 3, in this order. */
  readonly #orders: readonly ByteContexts[]
  readonly #order0: Uint16Array
  readonly #rows: ByteCodeRows

  constructor(order0: Uint16Array, orders: readonly ByteContexts[]) {
    this.#order0 = order0
    this.#orders = orders
    this.#rows = new ByteCodeRows(order0, orders)
  }

  /** Contexts of order 3 that the model knows. */
  get contexts(): number {
    return this.#orders[2].contexts.length
  }

  /** Bits of `bytes[start..end)` and its end symbol. */
  bits(bytes: Uint8Array, start: number, end: number): number {
    const rows = this.#rows
    let context = 0
    let units = 0
    for (let i = start; i < end; i++) {
      const octet = bytes[i]
      units += rows.code(context, octet)
      context = ((context << 8) | octet) & 0xffffff
    }
    return (units + rows.code(context, END)) / CODE_UNIT
  }

  /** Bits of the first 0, 1, 2 ... symbols of `bytes[0, length)` and its end, into `sums[0, length + 2)`. */
  sumBits(bytes: Uint8Array, length: number, sums: Float64Array): void {
    this.#rows.sumBits(bytes, length, sums)
  }

  /** Bits of one symbol (an octet, or {@link END}) after `context`; see {@link nextContext}. */
  bitsOfSymbol(context: number, symbol: number): number {
    return this.#rows.code(context, symbol) / CODE_UNIT
  }

  save(): SavedModel {
    const arrays: Record<string, Uint8Array | Uint16Array | Uint32Array> = { order0: this.#order0 }
    this.#orders.forEach((order, i) => {
      for (const [name, array] of Object.entries(order)) arrays[`${name}${i + 1}`] = array
    })
    return { parameters: { codeUnit: CODE_UNIT }, arrays }
  }

  static load(saved: SavedModel): ByteLanguageModel {
    demand(saved.parameters.codeUnit === CODE_UNIT, `The language model's code unit is not ${CODE_UNIT}.`)
    const order0 = arrayOf(saved, 'order0', Uint16Array, SYMBOLS)
    demand(!order0.includes(0), 'The language model has a symbol that costs nothing.')
    const orders = [1, 2, 3].map((order) => {
      const contexts = arrayOf(saved, `contexts${order}`, Uint32Array)
      const found: ByteContexts = {
        contexts,
        backoffs: arrayOf(saved, `backoffs${order}`, Uint16Array, contexts.length),
        ends: arrayOf(saved, `ends${order}`, Uint16Array, contexts.length),
        counts: arrayOf(saved, `counts${order}`, Uint16Array, contexts.length),
        octets: arrayOf(saved, `octets${order}`, Uint8Array),
        codes: arrayOf(saved, `codes${order}`, Uint16Array),
      }
      checkContexts(found, order)
      return found
    })
    demand(cellsNeeded(orders) <= CELLS_MAX, 'The language model has more contexts than fit in 67 MB.')
    return new ByteLanguageModel(order0, orders)
  }
}
