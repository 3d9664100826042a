import { createMatrix, type FeatureMatrix } from '../../models/matrix.ts'
import type { Step } from '../../models/steps/step.ts'
import type { Preparation, PreparationContext } from './preparation.ts'

/** Steps that were fitted one behind the other, and the training rows after them. */
export interface Prepared {
  readonly steps: readonly Step[]
  readonly matrix: FeatureMatrix
}

/** Fits each preparation to the training rows as those before it left them. The rows given stay as they are. */
export function prepare(
  matrix: FeatureMatrix,
  preparations: readonly Preparation[],
  context: PreparationContext,
): Prepared {
  const prepared = { ...matrix, values: matrix.values.slice() }
  const steps = preparations.map((preparation) => {
    const step = preparation.fit(prepared, context)
    applyStep(step, prepared)
    return step
  })
  return { steps, matrix: prepared }
}

function applyStep(step: Step, { rows, columns, values }: FeatureMatrix): void {
  for (let row = 0; row < rows; row++) step.apply(values, row * columns)
}

/** The columns at `indices`, copied, in that order: what a selection leaves. */
export function selectColumns(matrix: FeatureMatrix, indices: ArrayLike<number>): FeatureMatrix {
  const picked = createMatrix(
    matrix.rows,
    Array.from(indices, (column) => matrix.names[column]),
  )
  for (let row = 0; row < matrix.rows; row++) {
    for (let i = 0; i < indices.length; i++) {
      picked.values[row * indices.length + i] = matrix.values[row * matrix.columns + indices[i]]
    }
  }
  return picked
}
