import { arrayOf, demand, type SavedModel } from '../model.ts'
import type { Step } from './step.ts'

/**
 * Fills in missing values (NaN) with one number a column. For models that cannot read a gap; those of this folder can,
 * and learn from it, so there it is rarely wanted.
 *
 * @example
 * const row = Float64Array.of(Number.NaN)
 * new Imputation(Float64Array.of(12)).apply(row, 0) // row is 12
 */
export class Imputation implements Step {
  static readonly kind = 'imputation'
  readonly kind = Imputation.kind
  readonly fillings: Float64Array

  constructor(fillings: Float64Array) {
    this.fillings = fillings
  }

  apply(x: Float64Array, at: number): void {
    const { fillings } = this
    for (let i = 0; i < fillings.length; i++) if (Number.isNaN(x[at + i])) x[at + i] = fillings[i]
  }

  save(): SavedModel {
    return { parameters: {}, arrays: { fillings: this.fillings } }
  }

  static load(saved: SavedModel, columns: number): Imputation {
    const fillings = arrayOf(saved, 'fillings', Float64Array, columns)
    demand(fillings.every(Number.isFinite), 'The model file fills gaps with what is not a finite number.')
    return new Imputation(fillings)
  }
}
