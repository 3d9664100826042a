import { createMatrix, type FeatureMatrix } from '../../../models/matrix.ts'
import type { Scorer } from '../../../models/model.ts'
import type { Arm, LateLabel, StreamRow } from '../arm.ts'

export interface RefitOptions {
  readonly windowRows: number
  /** A window in which fewer than this share were right makes the model anew. */
  readonly accuracyMin: number
  /** Trains on one window alone, which holds both classes. */
  fit(matrix: FeatureMatrix, y: Float64Array): Scorer
}

/**
 * The policy of the original's dynamic model: where a window was judged worse than a threshold, fit again on that window
 * alone. It forgets everything before the window, needs every label at once, and never asks whether its one window is
 * a fair one. A window of one class cannot be fitted (the original would have stopped there) and is let go by.
 */
export class RefitArm implements Arm {
  readonly name: string
  readonly line = 0
  private readonly featureNames: readonly string[]
  private readonly options: RefitOptions
  private readonly x: Float64Array
  private readonly y: Float64Array
  private scorer: Scorer
  private rows = 0
  private right = 0
  private refitted = false

  /** `scorer` reads these features and gives margins: even odds at 0. */
  constructor(name: string, featureNames: readonly string[], scorer: Scorer, options: RefitOptions) {
    this.name = name
    this.featureNames = featureNames
    this.scorer = scorer
    this.options = options
    this.x = new Float64Array(options.windowRows * featureNames.length)
    this.y = new Float64Array(options.windowRows)
  }

  score({ x, at }: StreamRow): number {
    return this.scorer.scoreOne(x, at)
  }

  learn({ y, score }: LateLabel, x: Float64Array, at: number): void {
    const width = this.featureNames.length
    this.x.set(x.subarray(at, at + width), this.rows * width)
    this.y[this.rows++] = y
    if (score >= this.line === (y === 1)) this.right++
    if (this.rows === this.options.windowRows) this.closeWindow()
  }

  private closeWindow(): void {
    const { windowRows, accuracyMin, fit } = this.options
    const positives = this.y.reduce((sum, y) => sum + y, 0)
    if (this.right / windowRows < accuracyMin && positives > 0 && positives < windowRows) {
      const matrix = createMatrix(windowRows, this.featureNames)
      matrix.values.set(this.x)
      this.scorer = fit(matrix, this.y.slice())
      this.refitted = true
    }
    this.rows = 0
    this.right = 0
  }

  /** Each refit is a mark: it is all that this policy knows of drift. */
  takeDrift(): boolean {
    const { refitted } = this
    this.refitted = false
    return refitted
  }
}
