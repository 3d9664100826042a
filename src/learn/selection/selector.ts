import type { Examples } from '../examples.ts'
import type { Fit } from '../fit.ts'
import type { Metric } from '../metric.ts'

/** What a method may need; those that fit no model read `count` alone. */
export interface SelectionContext {
  /** Columns to choose, at most. */
  readonly count: number
  readonly fit: Fit
  readonly metric: Metric
  /** Folds of whole groups that a fitted model is judged on. */
  readonly folds: number
  readonly seed: number
}

/** What a method says of the columns. */
export interface FeatureRanking {
  /** By column, in the method's own unit; more is better. */
  readonly scores: Float64Array
  /** How far scores vary over folds and repeats, where the method repeats anything. */
  readonly deviations?: Float64Array
  /** All columns, best first. */
  readonly order: Int32Array
  /** The columns chosen, rising. */
  readonly chosen: Int32Array
}

/** A way to tell which columns matter. Deterministic; sees nothing but the examples it is given. */
export interface Selector {
  /** As a command line names it. */
  readonly name: string
  rank(examples: Examples, context: SelectionContext): FeatureRanking
}

/** The ranking that follows from scores alone: highest first, the earlier column where two are even. */
export function rankByScore(scores: Float64Array, count: number): FeatureRanking {
  const order = orderOf(scores)
  return { scores, order, chosen: order.slice(0, count).sort() }
}

export function orderOf(scores: Float64Array): Int32Array {
  return Int32Array.from(scores, (_, column) => column).sort((a, b) => {
    // Not by subtraction: two infinite scores have no difference.
    if (scores[a] === scores[b]) return a - b
    return scores[a] > scores[b] ? -1 : 1
  })
}
