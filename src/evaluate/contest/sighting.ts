import type { ManifestRow } from '../../datasets/manifest.ts'

/** Domain of the sighting of names that nobody had to register (see {@link Sighting}). */
export const UNREGISTERED = 'names nobody registered'

/**
 * One registered domain in one file of the manifests: what every contestant scores, and what is found or falsely named.
 *
 * A benign file with names under top-level names that nobody runs has one sighting more, {@link UNREGISTERED}: the
 * first name under each such domain, whole, as if they stood under one. A tunnel without a domain is only there, for
 * everybody.
 */
export interface Sighting {
  readonly row: ManifestRow
  readonly domain: string
  /** Hash of the domain, which deals it out to parts. */
  readonly lo: number
  readonly hi: number
  /** Whether the manifest names it as the tunnel. */
  readonly attack: boolean
  readonly queries: number
  /** Those for A and AAAA. */
  readonly addressQueries: number
  /** Distinct prefixes by folded text, spelled as first seen, labels joined by dots. */
  readonly prefixes: readonly string[]
  /** Times in milliseconds and prefixes (by index) of all queries with a prefix, in order; NaN without a time. */
  readonly times: readonly number[]
  readonly asked: readonly number[]
  /** Row of the window features: the whole file is the window. */
  readonly window: Float64Array
}

/** Whatever ranks sightings: higher is more suspicious, NaN where it cannot say. */
export type Score = (sighting: Sighting) => number
