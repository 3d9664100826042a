import type { Payload } from './payload.ts'
import type { Labels } from './sample-names.ts'

/** What names tell about the tool that made them. */
export interface ToolReading {
  readonly guess: string
  /** In [0, 1]; what each value stands for is said beside each trait. */
  readonly confidence: number
  /** What the tool carried, where its own structure proves the decoding. */
  readonly payload: Payload | null
}

/** What is known of a domain beside its names. */
export interface EvidenceFacts {
  /** Queries by type. */
  readonly qtypes: ReadonlyMap<number, number>
  /** Whether the domain stands as a look-up service: then no tool is guessed. */
  readonly lookup: boolean
}

/** Recognises one tool; null where its traits are not there. */
export type ToolReader = (names: readonly Labels[], facts: EvidenceFacts) => ToolReading | null
