import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { armFeatures, type QueryArm } from '../features/query/index.ts'
import { ByteLanguageModel } from '../models/byte-language-model.ts'
import { GradientBoosting } from '../models/gradient-boosting.ts'
import { ModelFileError } from '../models/model.ts'
import { decodeModel } from '../models/model-file.ts'
import {
  ACCOUNT_SECONDS,
  type ArmModel,
  type DetectionModel,
  type FusionWeights,
  type Thresholds,
} from './detection-model.ts'
import { packetDetector } from './packet-detector.ts'
import type { SideDetector } from './side-detector.ts'
import { standIn } from './stand-in-arm.ts'

/** Files of a detection model, all in one folder. */
export const MODEL_FILES = {
  language: 'language.model',
  names: 'query-names.model',
  answers: 'query-answers.model',
  detection: 'detection.json',
} as const

/** Files of side detectors, which a folder may have. */
export const SIDE_FILES = { packets: 'packets.model' } as const

/** Every line that is one number; the compiler says so where one is left out. */
const LINES = Object.keys({
  downlinkOctets: 0,
  downlinkNames: 0,
  listSum: 0,
  listOctetsAName: 0,
  listNames: 0,
  sequentialOctets: 0,
  inventedOctets: 0,
  rotationOctets: 0,
  rotationDomains: 0,
  lookupOctets: 0,
  lookupWeekOctets: 0,
  lookupShare: 0,
} satisfies Record<Line, 0>) as Line[]

type Line = Exclude<keyof Thresholds, 'accountOctets' | 'sequential'>

/** What `detection.json` holds: the lines and the fusion, readable and comparable by a person. */
export interface DetectionFile {
  readonly formatVersion: 1
  readonly version: string
  readonly thresholds: Thresholds
  readonly fusion: FusionWeights
  readonly typical: Record<string, string>
  readonly trainedOn: Record<string, string>
}

/** The folder of the models that ship; two levels above this file, in `src` as in `dist`. */
export function shippedModelFolder(): string {
  return fileURLToPath(new URL('../../models/', import.meta.url))
}

/**
 * Loads a detection model from its folder, the shipped one by default; or from a file made by `wakeful train --model`,
 * which stands in for one arm of the shipped one. Throws {@link ModelFileError} with one sentence where a file is missing,
 * damaged, or made for other features.
 */
export function loadDetectionModel(path: string = shippedModelFolder()): DetectionModel {
  const isFile = statSync(path, { throwIfNoEntry: false })?.isFile()
  return isFile ? standIn(loadFolder(shippedModelFolder()), path) : loadFolder(path)
}

function loadFolder(folder: string): DetectionModel {
  const language = decodeModel(read(folder, MODEL_FILES.language), { kind: ByteLanguageModel.kind })
  const file = readDetectionFile(folder)
  return {
    version: file.version,
    language: language.model as ByteLanguageModel,
    arms: { names: loadArm(folder, 'names'), answers: loadArm(folder, 'answers') },
    thresholds: file.thresholds,
    fusion: file.fusion,
    sides: loadSides(folder),
    typical: file.typical,
  }
}

function loadSides(folder: string): SideDetector[] {
  if (!existsSync(join(folder, SIDE_FILES.packets))) return []
  return [packetDetector(decodeModel(read(folder, SIDE_FILES.packets)))]
}

function loadArm(folder: string, arm: QueryArm): ArmModel {
  const featureNames = armFeatures(arm).map((feature) => feature.name)
  const { model, calibrator } = decodeModel(read(folder, MODEL_FILES[arm]), {
    kind: GradientBoosting.kind,
    featureNames,
  })
  if (!calibrator) throw new ModelFileError(`The model file ${MODEL_FILES[arm]} has no calibration.`)
  const trees = model as GradientBoosting
  return { logLikelihoodRatio: (features) => calibrator.logLikelihoodRatio(trees.scoreOne(features, 0)) }
}

function readDetectionFile(folder: string): DetectionFile {
  const text = read(folder, MODEL_FILES.detection).toString('utf8')
  let file: DetectionFile
  try {
    file = JSON.parse(text) as DetectionFile
  } catch (cause) {
    throw new ModelFileError(
      `${join(folder, MODEL_FILES.detection)} is not JSON; train or copy the model folder again.`,
      { cause },
    )
  }
  if (!isSound(file))
    throw new ModelFileError(`${join(folder, MODEL_FILES.detection)} is not a detection file of version 1.`)
  return file
}

/** Whether every line is a number above zero and no weight is below it: a line left out would never be passed. */
function isSound(file: DetectionFile | null): boolean {
  if (file?.formatVersion !== 1 || typeof file.version !== 'string') return false
  const { thresholds, fusion, typical } = file
  if (thresholds?.accountOctets?.length !== ACCOUNT_SECONDS.length || fusion?.weights?.length !== 4) return false
  const { names, answers } = thresholds.sequential ?? {}
  const lines = [names, answers, ...thresholds.accountOctets, ...LINES.map((line) => thresholds[line])]
  return (
    lines.every((line) => Number.isFinite(line) && line > 0) &&
    Number.isFinite(fusion.base) &&
    [...fusion.weights, ...Object.values(fusion.sides ?? {})].every(
      (weight) => Number.isFinite(weight) && weight >= 0,
    ) &&
    typeof typical === 'object' &&
    typical !== null
  )
}

function read(folder: string, name: string): Buffer {
  try {
    return readFileSync(join(folder, name))
  } catch (cause) {
    throw new ModelFileError(
      `The model file ${join(folder, name)} cannot be read; name a folder made by wakeful train.`,
      { cause },
    )
  }
}
