import { SYMBOLS } from './byte-language-model.ts'

/** What was counted, sorted by context and then symbol. */
export interface CountedSymbols {
  readonly contexts: Int32Array
  readonly symbols: Int32Array
  readonly weights: Float64Array
}

/**
 * Summed weights by (order-3 context, symbol): a hash table of numbers, as a `Map` would cost four times as much.
 * Shorter contexts are sums of these, so they are not counted apart. 32 octets a pair at worst.
 */
export class ContextCounts {
  #size = 0
  #keys = new Float64Array(1 << 16).fill(-1)
  #weights = new Float64Array(1 << 16)

  add(context: number, symbol: number, weight: number): void {
    const at = this.#slot(context * SYMBOLS + symbol)
    if (this.#keys[at] < 0) {
      this.#keys[at] = context * SYMBOLS + symbol
      this.#size++
    }
    this.#weights[at] += weight
    if (2 * this.#size > this.#keys.length) this.#grow()
  }

  sorted(): CountedSymbols {
    const keys = this.#keys.filter((key) => key >= 0).sort()
    return {
      contexts: Int32Array.from(keys, (key) => Math.floor(key / SYMBOLS)),
      symbols: Int32Array.from(keys, (key) => key % SYMBOLS),
      weights: keys.map((key) => this.#weights[this.#slot(key)]),
    }
  }

  /** Where `key` is, or the free slot where it belongs. */
  #slot(key: number): number {
    const keys = this.#keys
    // Keys pass 2^32 by a hair: the high part is mixed in apart.
    let hash = Math.imul(key | 0, 0x9e3779b1) ^ Math.floor(key / 2 ** 32)
    hash ^= hash >>> 15
    let at = hash & (keys.length - 1)
    while (keys[at] !== key && keys[at] >= 0) at = (at + 1) & (keys.length - 1)
    return at
  }

  #grow(): void {
    const keys = this.#keys
    const weights = this.#weights
    this.#keys = new Float64Array(2 * keys.length).fill(-1)
    this.#weights = new Float64Array(2 * keys.length)
    for (let i = 0; i < keys.length; i++) {
      if (keys[i] < 0) continue
      const at = this.#slot(keys[i])
      this.#keys[at] = keys[i]
      this.#weights[at] = weights[i]
    }
  }
}
