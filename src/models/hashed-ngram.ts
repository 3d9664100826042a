import { BUCKETS, type Gram, gramsOf, HashedGrams } from './hashed-grams.ts'
import { arrayOf, demand, type Model, type SavedModel } from './model.ts'

/** A gram and what all its occurrences add to the margin, in nats. */
export interface GramTerm extends Gram {
  readonly term: number
}

/**
 * Logistic regression over the hashed byte n-grams of a string: margin = base + sum of weight * count / length of the
 * vector of counts. It learns spelling, which no table of features holds: that tunnels of one tool open with the same
 * octets, and that ordinary names are made of syllables. What it learns of a tool's marks it learns by heart, so on
 * tools it was not trained on it is weaker than it looks on held-out rows of known ones: beside other models, not alone.
 *
 * Reads octets as they are: fold case before, as the trainer's input was folded. Weights are whole multiples of one
 * step of 1 / 32,767 of the greatest, so the file has 128 KiB. Scoring costs about 50 ns an
 * octet.
 *
 * @example
 * const strings = byteStringsOf(['www', 'mail', '6f1a', '93bc'].map((text) => Buffer.from(text)))
 * const model = trainHashedNgram(strings, [0, 0, 1, 1])
 * model.scoreBytes(Buffer.from('8d3f'), 0, 4) // 0.203
 *
 * Source: Weinberger et al., Feature hashing for large scale multitask learning, ICML 2009 (without its signs).
 */
export class HashedNgram implements Model {
  static readonly kind = 'hashed-ngram'
  readonly kind = HashedNgram.kind
  readonly featureNames: readonly string[] = []
  /** Log-odds of a string before any of its grams is looked at. */
  readonly base: number
  readonly #step: number
  readonly #weights: Int16Array
  readonly #seed: number
  readonly #grams: HashedGrams

  /** Weight `b` is `weights[b] * step`, for grams hashed with `seed`. */
  constructor(base: number, step: number, weights: Int16Array, seed: number) {
    this.base = base
    this.#step = step
    this.#weights = weights
    this.#seed = seed
    this.#grams = new HashedGrams(seed)
  }

  /** Log-odds of the positive class for `bytes[start..end)`, in nats, with the training set's prior; always finite. */
  scoreBytes(bytes: Uint8Array, start: number, end: number): number {
    const { buckets, counts } = this.#grams
    this.#grams.count(bytes, start, end)
    let sum = 0
    for (let i = 0; i < this.#grams.size; i++) sum += this.#weights[buckets[i]] * counts[buckets[i]]
    return this.base + (sum * this.#step) / Math.sqrt(this.#grams.squares)
  }

  /** The distinct grams with the greatest terms, either way, at most `most`; all of them add up to margin less base. */
  terms(bytes: Uint8Array, start: number, end: number, most: number): GramTerm[] {
    this.#grams.count(bytes, start, end)
    const unit = this.#step / Math.sqrt(this.#grams.squares)
    const found = new Map<string, GramTerm>()
    for (const gram of gramsOf(bytes, start, end, this.#seed)) {
      const key = `${gram.opens} ${gram.closes} ${bytes.subarray(gram.from, gram.to).join()}`
      const before = found.get(key)
      found.set(key, { ...(before ?? gram), term: (before?.term ?? 0) + this.#weights[gram.bucket] * unit })
    }
    return [...found.values()].sort((a, b) => Math.abs(b.term) - Math.abs(a.term)).slice(0, most)
  }

  save(): SavedModel {
    return {
      parameters: { hashSeed: this.#seed },
      arrays: { line: Float64Array.of(this.base, this.#step), weights: this.#weights },
    }
  }

  static load(saved: SavedModel): HashedNgram {
    const { hashSeed } = saved.parameters
    const [base, step] = arrayOf(saved, 'line', Float64Array, 2)
    demand(
      Math.abs(base) < 1e9 && step >= 0 && step < 1e9 && Number.isInteger(hashSeed),
      'The n-gram model holds a number out of range.',
    )
    return new HashedNgram(base, step, arrayOf(saved, 'weights', Int16Array, BUCKETS), Number(hashSeed))
  }
}
