import type { ManifestRow } from '../datasets/manifest.ts'
import { toolOf } from '../datasets/tools.ts'
import type { DetectionModel } from '../detect/detection-model.ts'
import type { WindowModel } from '../detect/window-model.ts'
import { collectSightings } from '../evaluate/contest/collect-sightings.ts'
import type { Sighting } from '../evaluate/contest/sighting.ts'
import { timedRows } from '../evaluate/evaluate-scan.ts'
import { windowFeatures } from '../features/window/index.ts'
import { groupKeys } from '../learn/folds/group-keys.ts'
import { stratifiedFolds } from '../learn/folds/grouped-folds.ts'
import { FOLDS } from '../learn/plan.ts'
import { fitPlatt } from '../models/calibrators.ts'
import { createMatrix } from '../models/matrix.ts'
import { trainIsolationForest } from '../models/train-isolation-forest.ts'
import { trainWindow, type WindowExample } from './train-window.ts'

/** A trained window model, and what it was trained on. */
export interface TrainedWindow extends WindowModel {
  readonly windows: number
  readonly tunnels: number
}

/** Trains the window model (L2) on every domain of the timed rows, each file a window, and its isolation forest on the benign ones. */
export async function trainWindowModel(
  rows: readonly ManifestRow[],
  model: DetectionModel,
  seed: number,
): Promise<TrainedWindow> {
  const sightings: Sighting[] = []
  for (const row of timedRows(rows)) sightings.push(...(await collectSightings(row, model)).sightings)
  const examples = sightings.map(exampleOf)
  const benign = examples.filter(({ tool }) => tool === undefined)
  const matrix = createMatrix(
    benign.length,
    windowFeatures.map(({ name }) => name),
  )
  benign.forEach(({ values }, i) => {
    matrix.values.set(values, i * matrix.columns)
  })
  return {
    trees: trainWindow(examples, seed),
    calibrator: calibrated(sightings, examples, seed),
    forest: trainIsolationForest(matrix, { seed }),
    windows: examples.length,
    tunnels: examples.length - benign.length,
  }
}

function exampleOf({ window, attack, row }: Sighting): WindowExample {
  return { values: window, tool: attack ? toolOf(row.family) : undefined }
}

/** Calibration on margins of domains, and of tunnels with all their captures, that did not train. */
function calibrated(
  sightings: readonly Sighting[],
  examples: readonly WindowExample[],
  seed: number,
): WindowModel['calibrator'] {
  const keys = groupKeys(sightings.map(({ attack, row, domain }) => (attack ? row.group : domain)))
  const y = Float64Array.from(sightings, ({ attack }) => (attack ? 1 : 0))
  const folds = stratifiedFolds(keys, y, FOLDS, seed)
  const margins = new Float64Array(y.length)
  for (let fold = 0; fold < FOLDS; fold++) {
    const trees = trainWindow(
      examples.filter((_, i) => folds[i] !== fold),
      seed,
    )
    for (let i = 0; i < margins.length; i++) if (folds[i] === fold) margins[i] = trees.scoreOne(examples[i].values)
  }
  return fitPlatt(margins, y)
}
