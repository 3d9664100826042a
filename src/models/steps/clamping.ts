import { arrayOf, demand, type SavedModel } from '../model.ts'
import type { Step } from './step.ts'

/**
 * Keeps each column between two limits: what lies outside counts as the limit (winsorising). A row is never lost by
 * it, only its distance, so one absurd value cannot stretch a scale or a mean.
 *
 * @example
 * const row = Float64Array.of(900)
 * new Clamping(Float64Array.of(0), Float64Array.of(255)).apply(row, 0) // row is 255
 *
 * Source: Dixon, Simplified estimation from censored normal samples, Annals of Mathematical Statistics 31(2), 1960.
 */
export class Clamping implements Step {
  static readonly kind = 'clamping'
  readonly kind = Clamping.kind
  readonly lows: Float64Array
  readonly highs: Float64Array

  constructor(lows: Float64Array, highs: Float64Array) {
    this.lows = lows
    this.highs = highs
  }

  apply(x: Float64Array, at: number): void {
    const { lows, highs } = this
    for (let i = 0; i < lows.length; i++) {
      // Comparisons with NaN are false: a missing value stays.
      if (x[at + i] < lows[i]) x[at + i] = lows[i]
      else if (x[at + i] > highs[i]) x[at + i] = highs[i]
    }
  }

  save(): SavedModel {
    return { parameters: {}, arrays: { lows: this.lows, highs: this.highs } }
  }

  static load(saved: SavedModel, columns: number): Clamping {
    const lows = arrayOf(saved, 'lows', Float64Array, columns)
    const highs = arrayOf(saved, 'highs', Float64Array, columns)
    demand(
      lows.every((low, i) => low <= highs[i]),
      'The model file holds limits of which the lower is not below the upper.',
    )
    return new Clamping(lows, highs)
  }
}
