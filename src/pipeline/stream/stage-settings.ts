import type { DetectionModel } from '../../detect/detection-model.ts'

/** Scores a row of the original system's table; a reason where it is no such row. */
export interface LegacyScorer {
  score(
    text: string,
  ): { readonly score: number; readonly malicious: boolean; readonly reasons: readonly string[] } | string
}

/** What every stage of a stream shares. */
export interface StageSettings {
  readonly model: DetectionModel
  /** Name of the observation, part of incident ids. */
  readonly name: string
  /** Topic of the exchanges, and the partitions it has: they are the partitions of the state. */
  readonly topic: string
  readonly parts: number
  /** Scores rows of the original system's features, where there is a model for them. */
  readonly legacy?: LegacyScorer | undefined
}
