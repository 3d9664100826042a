import { readFileSync } from 'node:fs'
import { armFeatures, type QueryArm } from '../features/query/index.ts'
import { isScorer, ModelFileError } from '../models/model.ts'
import { decodeModel, type ModelFile } from '../models/model-file.ts'
import { ofFile } from '../models/of-file.ts'
import type { ArmModel, DetectionModel } from './detection-model.ts'

const ARMS: readonly QueryArm[] = ['names', 'answers']

/**
 * The detection model with one arm of its query model replaced by a model of a user's own: the arm whose features that
 * model reads. Lines stay as they are, since a calibrated arm gives likelihood ratios whatever it is made of. The version
 * names the arm and the file, so that state and evidence of one model are never taken for those of another. Throws a
 * {@link ModelFileError} where the file holds no model of either arm's features, or no calibration.
 */
export function standIn(detection: DetectionModel, path: string): DetectionModel {
  return ofFile(path, () => {
    const file = decodeModel(readFileSync(path))
    const arm = armOf(file)
    return {
      ...detection,
      version: `${detection.version}+${arm}:${file.sha256!.slice(0, 12)}`,
      arms: { ...detection.arms, [arm]: armModel(file) },
    }
  })
}

/** The arm that reads these features. */
function armOf({ model }: ModelFile): QueryArm {
  const found = ARMS.find((arm) => {
    const wanted = armFeatures(arm)
    return wanted.length === model.featureNames.length && wanted.every(({ name }, i) => name === model.featureNames[i])
  })
  if (found) return found
  throw new ModelFileError(
    'The model reads other features than a scan has of a query: train it with wakeful train --model on captures, logs or names, with --profile query.',
  )
}

/** Allocates nothing a row, whatever the model. */
function armModel({ model, calibrator }: ModelFile): ArmModel {
  if (!isScorer(model)) throw new ModelFileError(`The model file holds a ${model.kind}, which scores no rows.`)
  if (!calibrator) {
    throw new ModelFileError(
      'The model has no calibration, so its margins are no evidence: train it with --calibrate platt.',
    )
  }
  return { logLikelihoodRatio: (features) => calibrator.logLikelihoodRatio(model.scoreOne(features, 0)) }
}
