/** Standard scores past this say no more: one wild value must not move every weight. */
const SCORE_MAX = 10

/**
 * Mean and variance of each column over the rows learned so far (Welford, weighted), to put columns of any unit on one scale.
 * Nothing of a row is known before it is learned. A missing value (NaN, or one that is not finite) is not learned, and scales to 0.
 */
export class RunningScale {
  readonly weights: Float64Array
  readonly means: Float64Array
  readonly squares: Float64Array

  constructor(columns: number) {
    this.weights = new Float64Array(columns)
    this.means = new Float64Array(columns)
    this.squares = new Float64Array(columns)
  }

  learn(x: Float64Array, at: number, weight: number): void {
    if (!(weight > 0)) return
    const { weights, means, squares } = this
    for (let i = 0; i < weights.length; i++) {
      const value = x[at + i]
      if (!Number.isFinite(value)) continue
      const away = value - means[i]
      weights[i] += weight
      const mean = means[i] + (away * weight) / weights[i]
      const square = squares[i] + weight * away * (value - mean)
      // Past 1e154 squares overflow: such a column stays as it was.
      if (!Number.isFinite(square)) continue
      means[i] = mean
      squares[i] = square
    }
  }

  /** Standard score of a value of column `i`; 0 while nothing is known of it. */
  score(value: number, i: number): number {
    if (!Number.isFinite(value)) return 0
    const variance = this.squares[i] / this.weights[i]
    if (!(variance > 0)) return 0
    const score = (value - this.means[i]) / Math.sqrt(variance)
    return score > SCORE_MAX ? SCORE_MAX : score < -SCORE_MAX ? -SCORE_MAX : score
  }
}
