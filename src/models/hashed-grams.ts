import { mix } from '../stats/hash.ts'

/** Buckets that n-grams are hashed into: 16 bits of hash. */
export const BUCKETS = 65_536

/** Longest n-gram. */
const ORDER_MAX = 3
/** Stands before the first octet and after the last, so that a gram can say where it is. */
const EDGE = 256

/**
 * Counts the n-grams of one byte string, orders 1 to 3, by bucket. Both ends count as a symbol in orders 2 and 3, so
 * `^w` is not `w`. The hash is seeded and the same on every machine; whoever knows the seed can make grams collide, at
 * the price of looking like the grams they hide behind.
 *
 * Scratch space: {@link count} overwrites what the last call found. About 50 ns an octet.
 */
export class HashedGrams {
  /** Buckets met, the first {@link size} of them; each once. */
  readonly buckets = new Uint16Array(BUCKETS)
  /** Occurrences by bucket. */
  readonly counts = new Int32Array(BUCKETS)
  size = 0
  /** Sum of squared counts: what they are divided by, in the root, to have length one. */
  squares = 0
  readonly #seed: number

  constructor(seed: number) {
    this.#seed = seed
  }

  count(bytes: Uint8Array, start: number, end: number): void {
    for (let i = 0; i < this.size; i++) this.counts[this.buckets[i]] = 0
    this.size = 0
    this.squares = 0
    let second = EDGE
    let first = 0
    for (let at = start; at <= end; at++) {
      const symbol = at < end ? bytes[at] : EDGE
      if (at < end) this.#add(bucketOf(this.#seed, 1, symbol))
      this.#add(bucketOf(this.#seed, 2, (second << 9) | symbol))
      if (at > start) this.#add(bucketOf(this.#seed, ORDER_MAX, (first << 18) | (second << 9) | symbol))
      first = second
      second = symbol
    }
  }

  #add(bucket: number): void {
    const count = this.counts[bucket]
    if (count === 0) this.buckets[this.size++] = bucket
    this.counts[bucket] = count + 1
    this.squares += 2 * count + 1
  }
}

/** One n-gram of a string: the octets from `from` to before `to`, with the string's edges where they are part of it. */
export interface Gram {
  readonly from: number
  readonly to: number
  readonly opens: boolean
  readonly closes: boolean
  readonly bucket: number
}

/** Every n-gram of a string, one after the other, as {@link HashedGrams} counts them: for explanations. */
export function gramsOf(bytes: Uint8Array, start: number, end: number, seed: number): Gram[] {
  const grams: Gram[] = []
  const symbolAt = (at: number) => (at < start || at >= end ? EDGE : bytes[at])
  for (let order = 1; order <= ORDER_MAX; order++) {
    const edges = order > 1 ? 1 : 0
    for (let from = start - edges; from + order <= end + edges; from++) {
      let code = 0
      for (let at = from; at < from + order; at++) code = (code << 9) | symbolAt(at)
      const to = Math.min(end, from + order)
      const bucket = bucketOf(seed, order, code)
      grams.push({ from: Math.max(start, from), to, opens: from < start, closes: from + order > end, bucket })
    }
  }
  return grams
}

function bucketOf(seed: number, order: number, code: number): number {
  return mix(code, seed + order) >>> 16
}
