import type { FeatureMatrix } from '../../models/matrix.ts'
import type { Step } from '../../models/steps/step.ts'

/** What a preparation may know besides the training rows. It is never told the targets, so it cannot leak them. */
export interface PreparationContext {
  /** Columns that hold categories (`textCode` of a text), rising. */
  readonly categories: Int32Array
  readonly seed: number
}

/** Learns from the rows of a training part how to change any row. */
export interface Preparation {
  /** As a command line names it. */
  readonly name: string
  fit(matrix: FeatureMatrix, context: PreparationContext): Step
}
