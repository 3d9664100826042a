import type { CanonicalBatch } from '../detect/canonical-batch.ts'
import type { PrefixLanguage } from '../detect/name-code.ts'
import type { DataFeature } from './data-set.ts'
import { LegacyProfile } from './legacy-profile.ts'
import { QueryProfile } from './query-profile.ts'

/** How one row of traffic becomes numbers, by itself, without the rows before it. */
export interface RowProfile {
  readonly features: readonly DataFeature[]
  /** Texts beside the numbers, in the order of {@link text}. */
  readonly textNames: readonly string[]
  /** Writes the row's numbers at the start of `out`. */
  extract(rows: CanonicalBatch, row: number, out: Float64Array): void
  /** A text of the row extracted last. */
  text(index: number): string
}

/** The profiles there are: the features of wakeful's query model, and those of the originals. */
export const PROFILES = ['query', 'legacy'] as const
export type ProfileName = (typeof PROFILES)[number]

/** A profile by its name; the query profile reads names with `language`, and answers where `arm` says so. */
export function createProfile(name: ProfileName, arm: 'names' | 'answers', language: PrefixLanguage): RowProfile {
  return name === 'query' ? new QueryProfile(arm, language) : new LegacyProfile()
}
