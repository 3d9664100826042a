import type { SavedModel } from '../model.ts'

/** What was learned from training rows about how to change a row before a model reads it. */
export interface Step {
  /** Names the class in model files, in kebab case. */
  readonly kind: string
  /**
   * Changes the row that begins at `x[at]`, in place: every column stays where it was. Keeps and allocates nothing; a
   * missing value (NaN) stays missing unless filling it is the step's purpose.
   */
  apply(x: Float64Array, at: number): void
  save(): SavedModel
}

/** How a step is loaded for rows of `columns` columns; throws `ModelFileError` where the parts do not fit. */
export interface StepKind {
  readonly kind: string
  load(saved: SavedModel, columns: number): Step
}
