import type { LearnerName } from '../models/online/index.ts'

/** What `wakeful watch` understands. */
export interface WatchOptions {
  readonly from: readonly string[]
  readonly to: string
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
