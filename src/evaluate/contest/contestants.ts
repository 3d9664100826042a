import { toolOf } from '../../datasets/tools.ts'
import { windowFeatures } from '../../features/window/index.ts'
import { createMatrix } from '../../models/matrix.ts'
import { trainIsolationForest } from '../../models/train-isolation-forest.ts'
import type { Baseline } from './baselines/baseline.ts'

/** A window of a domain for training, as the trainer of the window model takes it. */
export interface LabelledWindow {
  readonly values: Float64Array
  readonly tool: string | undefined
}

/** Trains the window model. Handed in, because training stands above evaluation. */
export type TrainWindow = (windows: readonly LabelledWindow[]) => { scoreOne(row: Float64Array): number }

/** The window model (L2): the whole file is a domain's window. */
export function windowContestant(train: TrainWindow): Baseline {
  return {
    name: 'L2',
    learns: 'tunnels',
    fit(training) {
      const model = train(
        training.map(({ window, attack, row }) => ({ values: window, tool: attack ? toolOf(row.family) : undefined })),
      )
      return ({ window }) => model.scoreOne(window)
    },
  }
}

/** The same windows without labels: isolation forest fitted to benign domains. */
export const windowForest: Baseline = {
  name: 'L2 forest',
  learns: 'benign',
  fit(training) {
    const matrix = createMatrix(
      training.length,
      windowFeatures.map(({ name }) => name),
    )
    training.forEach(({ window }, i) => {
      matrix.values.set(window, i * matrix.columns)
    })
    const forest = trainIsolationForest(matrix)
    return ({ window }) => forest.scoreOne(window)
  },
}
