import { windowFeatures } from '../../features/window/index.ts'
import { createMatrix } from '../../models/matrix.ts'
import { trainIsolationForest } from '../../models/train-isolation-forest.ts'
import { toolOf } from '../tools.ts'
import type { Baseline } from './baselines/baseline.ts'
import type { Score, Sighting } from './sighting.ts'

/** A window of a domain for training, as the trainer of the window model takes it. */
export interface LabelledWindow {
  readonly values: Float64Array
  readonly tool: string | undefined
  readonly siblings: number
}

/** Trains the window model. Handed in, because training stands above evaluation. */
export type TrainWindow = (windows: readonly LabelledWindow[]) => { scoreOne(row: Float64Array): number }

/** The window model (L2): a domain counts with its highest window. */
export function windowContestant(train: TrainWindow): Baseline {
  return {
    name: 'L2',
    learns: 'tunnels',
    fit: (training) => highest(train(training.flatMap(windowsOf))),
  }
}

/** The same windows without labels: isolation forest fitted to benign domains. */
export const windowForest: Baseline = {
  name: 'L2 forest',
  learns: 'benign',
  fit(training) {
    const windows = training.flatMap(windowsOf)
    const matrix = createMatrix(
      windows.length,
      windowFeatures.map(({ name }) => name),
    )
    windows.forEach(({ values }, i) => {
      matrix.values.set(values, i * matrix.columns)
    })
    return highest(trainIsolationForest(matrix, { weights: windows.map(({ siblings }) => 1 / siblings) }))
  },
}

function highest(model: { scoreOne(row: Float64Array): number }): Score {
  return ({ windows }) => Math.max(...windows.map((window) => model.scoreOne(window)))
}

function windowsOf({ windows, attack, row }: Sighting): LabelledWindow[] {
  const tool = attack ? toolOf(row.family) : undefined
  return windows.map((values) => ({ values, tool, siblings: windows.length }))
}
