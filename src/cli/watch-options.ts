import type { LearnerName } from '../models/online/index.ts'

/** What `wakeful watch` understands. */
export interface WatchOptions {
  readonly from: readonly string[]
  /** Where lines go; nothing where a service takes them. */
  readonly to?: string
  readonly config?: string
  readonly open?: true
  readonly listen?: string
  readonly journal?: string
  readonly state?: string
  readonly group: string
  readonly name: string
  readonly model?: string
  readonly legacyModel?: string
  readonly health?: string
  readonly checkpointEvery: number
  readonly partitions: number
  readonly learn?: LearnerName
  readonly promoteProven?: boolean
  readonly labelsAVersion: number
  readonly seed: number
}

/** The same with a place for its lines. */
export type LineOptions = WatchOptions & { readonly to: string }
