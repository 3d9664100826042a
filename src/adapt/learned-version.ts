import { demand, isScorer, type OnlineLearner, type Scorer } from '../models/model.ts'
import { decodeModel, encodeModel } from '../models/model-file.ts'
import type { FeatureColumn } from '../models/model-header.ts'
import { sigmoid } from '../stats/sigmoid.ts'
import { ANCHOR_FLOOR } from './anchored-mixture.ts'
import { LEAST_LINE } from './score-line.ts'

const LINE = 'malicious from here'
const ANCHOR_WEIGHT = 'anchorWeight'

/** What a learner knew at one moment, pinned: the same rows give the same answers wherever and whenever it is asked. */
export class LearnedVersion {
  /** First 16 digits of the file's SHA-256. */
  readonly version: string
  /** The probability from which a row is called malicious. */
  readonly line: number
  private readonly scorer: Scorer
  private readonly anchorWeight: number

  private constructor(version: string, scorer: Scorer, anchorWeight: number, line: number) {
    this.version = version
    this.scorer = scorer
    this.anchorWeight = anchorWeight
    this.line = line
  }

  /**
   * Reads a version. Throws `ModelFileError` where the file is damaged, reads other features, or claims more say than any
   * learner is ever given: the floors of {@link AnchoredMixture} and {@link ScoreLine} hold for files too.
   */
  static decode(bytes: Uint8Array, version: string, featureNames: readonly string[]): LearnedVersion {
    const { model, thresholds, metrics } = decodeModel(bytes, { featureNames })
    demand(isScorer(model), 'The version scores no rows.')
    const weight = metrics[ANCHOR_WEIGHT]
    const line = thresholds.find(({ name }) => name === LINE)?.value
    demand(weight >= ANCHOR_FLOOR && weight <= 1, 'The version does not say what the shipped model counts beside it.')
    demand(
      line !== undefined && line >= LEAST_LINE && line <= 1,
      'The version has no line, or one too low to be a learner’s.',
    )
    return new LearnedVersion(version, model, weight, line)
  }

  /** How likely the row at `x[at]` is malicious, where the frozen anchor says `anchor`. */
  probability(x: Float64Array, at: number, anchor: number): number {
    return this.anchorWeight * anchor + (1 - this.anchorWeight) * sigmoid(this.scorer.scoreOne(x, at))
  }
}

/** What stands in a version's file besides the learner. */
export interface LearnedFacts {
  readonly features: readonly FeatureColumn[]
  readonly anchorWeight: number
  readonly line: number
  /** Share of rows the anchor calls benign that may lie past the line. */
  readonly lineShare: number
  readonly seed: number
  /** Labels learned so far, by class. */
  readonly malicious: number
  readonly benign: number
}

/** The file of a version; {@link LearnedVersion.decode} reads it. */
export function encodeLearned(learner: OnlineLearner, facts: LearnedFacts): Uint8Array {
  const { features, anchorWeight, line, lineShare, seed, malicious, benign } = facts
  return encodeModel({
    ...{ model: learner, features, seed, manifestHash: '' },
    thresholds: [
      { name: LINE, value: line, falseAlarmRate: lineShare, basis: 'late rows the shipped model calls benign' },
    ],
    plan: 'learned while running: verdicts, confirmed accounts, long-lived domains',
    metrics: { [ANCHOR_WEIGHT]: anchorWeight, malicious, benign },
  })
}
