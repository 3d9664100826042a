import { arrayOf, demand, type SavedModel } from '../model.ts'
import type { Step } from './step.ts'

/**
 * Shifts and scales each column: (value - offset) / spread. With the training mean and deviation that is standard
 * scaling, with the smallest value and the range min-max scaling. Trees gain nothing by it; distances and penalties do.
 *
 * A value past the training range is scaled like any other, so min-max does not promise 0 to 1 on new rows: put
 * `Clamping` before it where that matters.
 *
 * @example
 * const row = Float64Array.of(7)
 * new Scaling(Float64Array.of(5), Float64Array.of(4)).apply(row, 0) // row is 0.5
 */
export class Scaling implements Step {
  static readonly kind = 'scaling'
  readonly kind = Scaling.kind
  readonly offsets: Float64Array
  /** Above zero: a column that never varied in training has 1. */
  readonly spreads: Float64Array

  constructor(offsets: Float64Array, spreads: Float64Array) {
    this.offsets = offsets
    this.spreads = spreads
  }

  apply(x: Float64Array, at: number): void {
    const { offsets, spreads } = this
    for (let i = 0; i < offsets.length; i++) x[at + i] = (x[at + i] - offsets[i]) / spreads[i]
  }

  save(): SavedModel {
    return { parameters: {}, arrays: { offsets: this.offsets, spreads: this.spreads } }
  }

  static load(saved: SavedModel, columns: number): Scaling {
    const offsets = arrayOf(saved, 'offsets', Float64Array, columns)
    const spreads = arrayOf(saved, 'spreads', Float64Array, columns)
    const sound = offsets.every(Number.isFinite) && spreads.every((spread) => spread > 0 && spread < Infinity)
    demand(sound, 'The model file holds a scaling that is not by finite numbers above zero.')
    return new Scaling(offsets, spreads)
  }
}
