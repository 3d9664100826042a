import type { DataKind } from '../data-set.ts'
import type { ColumnReport } from './column-report.ts'
import type { GroupSizes } from './group-sizes.ts'
import type { Lookup } from './lookup.ts'
import type { RuleResult } from './rule-result.ts'

/** Everything that can be said of a labelled table before anything is learned from it. */
export interface Inspection {
  readonly kind: DataKind
  readonly rows: number
  readonly attackRows: number
  readonly benignRows: number
  readonly malformed: Readonly<Record<string, number>>
  /** Rows that are the same as an earlier one in every number, text and label; with the time, and whatever the time. */
  readonly duplicates: number
  readonly duplicatesIgnoringTime: number
  /** The ceiling by numbers and texts, and by numbers alone. */
  readonly ceiling: Lookup
  readonly ceilingOfNumbers: Lookup
  readonly baselines: readonly RuleResult[]
  readonly features: readonly ColumnReport[]
  /** Columns that are no features and must say nothing about the label. */
  readonly leaks: readonly ColumnReport[]
  readonly groups: GroupSizes
  readonly networks: GroupSizes
  readonly tools: GroupSizes
  readonly splits: GroupSizes
  readonly warnings: readonly string[]
}
