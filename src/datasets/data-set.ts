import type { FeatureMatrix } from '../models/matrix.ts'
import type { TextColumn } from './text-column.ts'

/** A column's name and the unit of its values. */
export interface DataFeature {
  readonly name: string
  readonly unit: string
}

/**
 * Where rows come from: tables of the originals, tables of names, novel exchanges of captures and logs; or the packets of captures, as
 * counts of their octets or as the octets themselves; or their flows, and the letters of each client's talk with a domain.
 */
export const DATA_KINDS = ['legacy', 'names', 'queries', 'packets', 'sequences', 'flows', 'letters'] as const
export type DataKind = (typeof DATA_KINDS)[number]

/** Texts kept beside the numbers: for an encoding that is the same in every process, never as they are. */
export interface NamedTexts {
  readonly name: string
  readonly column: TextColumn
}

/** A labelled table. Row `r` of every column is one row of the traffic or table it was read from, in its order. */
export interface DataSet {
  readonly kind: DataKind
  readonly matrix: FeatureMatrix
  /** What `matrix.names` are, with units. */
  readonly features: readonly DataFeature[]
  /** 1 where the row is a tunnel's, or carries the label of an attack. */
  readonly y: Uint8Array
  readonly texts: readonly NamedTexts[]
  /** Rows of one group stand in one split: a tunnel (all its zones masked as one), a benign registered domain. */
  readonly group: TextColumn
  readonly network: TextColumn
  /** Tool of a tunnel; `benign` otherwise. */
  readonly tool: TextColumn
  /** The manifest's; benign domains of train files that nothing may train on are in `test`. */
  readonly split: TextColumn
  /** What must never be a feature, kept to look for leaks: event time (NaN where none), capital letters of the name. */
  readonly timeMs: Float64Array
  readonly capitals: Float64Array
  /** 1 where the name is background noise: a reverse look-up, a single label, or under `.local`. */
  readonly noise: Uint8Array
  /** Lines and rows left out, by reason. */
  readonly malformed: Readonly<Record<string, number>>
}
