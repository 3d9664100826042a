import type { DnsBatch } from '../../batch/dns-batch.ts'
import type { PrefixText } from '../../dns/prefix-text.ts'

/** Unit of a feature's value, shown beside it wherever a person reads it. */
export type Unit = 'octets' | 'labels' | 'ratio' | 'bits' | 'bits/octet' | 'records' | 'flag'

/** One exchange as the families see it. Reused: a family must not keep it. */
export interface QueryContext {
  readonly prefix: PrefixText
  /** Bits of the prefix by the benign language model; the model lives elsewhere, features know no models. */
  readonly languageBits: number
  readonly batch: DnsBatch
  readonly row: number
}

/** A feature's column. */
export interface Feature {
  readonly name: string
  readonly unit: Unit
}

/**
 * A tight family of features of one exchange, computed together. Pure: writes `features.length` numbers at `at` and
 * nothing else. Functions of the multiset of labels and octets and of the answer; never of absolute positions, TTL,
 * EDNS, clock, addresses or the registered domain, which tell recordings apart instead of classes (DESIGN.md 6, L1).
 */
export interface QueryFeatureFamily {
  readonly name: string
  /** Whether the family reads the answer side, which name-only sources do not have. */
  readonly answers: boolean
  readonly features: readonly Feature[]
  extract(context: QueryContext, out: Float64Array, at: number): void
}
