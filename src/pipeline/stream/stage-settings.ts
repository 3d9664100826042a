import type { LearnedVersion } from '../../adapt/learned-version.ts'
import type { DetectionModel } from '../../detect/detection-model.ts'
import type { RowVerdict } from '../../detect/row-verdict.ts'

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
  /** Whether each row's prediction is written out; a service that shows incidents alone has no use for them. */
  readonly predictions?: boolean | undefined
  /** Scores rows of the original system's features, where there is a model for them. */
  readonly legacy?: LegacyScorer | undefined
  /** A version that was learned, by its name; `undefined` where it cannot be read, which is told to whoever has to know. */
  readonly learned?: ((version: string) => LearnedVersion | undefined) | undefined
  /** Sees each row that was booked, with what was said of it. */
  readonly onJudged?: ((row: JudgedRow) => void) | undefined
}

/** A row as a learner sees it. Valid until the next one. */
export interface JudgedRow {
  readonly timeMs: number
  /** Hash of its registered domain. */
  readonly lo: number
  readonly hi: number
  /** What the query model read of it; nothing where it was not asked, as of a name heard before. */
  readonly features: Float64Array | undefined
  /** With what a learned version added, where one has the say. */
  readonly verdict: RowVerdict
}
