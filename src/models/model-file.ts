import { createHash } from 'node:crypto'
import { arraysFromBytes, arraysToBytes } from './array-sections.ts'
import { type Calibrator, calibratorKinds } from './calibrators.ts'
import { modelKinds } from './index.ts'
import { demand, demandFeatures, type Model, type ModelArray } from './model.ts'
import { type FeatureColumn, type ModelHeader, readHeader, type Threshold } from './model-header.ts'

export const FORMAT_VERSION = 1
const HEADER_MAX = 4 * 1024 * 1024
const PREFIX = `{"wakefulModel":${FORMAT_VERSION},"sha256":"`
const QUOTE = 0x22
const NOT_A_MODEL = 'The file is not a wakeful model file.'
const CALIBRATION = 'calibration.'

/** What a model file says besides the model itself. */
export interface ModelFacts {
  /** Columns a row must have, in order; the names are the model's. */
  readonly features: readonly FeatureColumn[]
  readonly calibrator?: Calibrator
  readonly thresholds: readonly Threshold[]
  /** Hash of the manifest of the rows it was trained on: proves which rows it has seen. */
  readonly manifestHash: string
  readonly seed: number
  /** How it was trained, in the words of whoever trained it; empty where nobody can train the same again. */
  readonly plan?: string
  readonly metrics: Readonly<Record<string, number>>
}

export interface ModelFile extends ModelFacts {
  readonly model: Model
  /** SHA-256 of what follows it in the file, in hex; set by decoding. */
  readonly sha256?: string
}

/** What the caller needs the model to be. */
export interface Expected {
  readonly kind?: string
  readonly featureNames?: readonly string[]
}

/**
 * One file for every kind of model: a line of JSON that a person can read with `head -1`, then the arrays, raw and
 * little-endian, in the order the line lists them. Real numbers stand in the arrays, so that a saved model scores
 * the same to the bit after loading, on any machine. The hash covers everything behind it.
 */
export function encodeModel({ model, ...facts }: ModelFile): Uint8Array {
  const names = facts.features.map(({ name }) => name)
  if (names.join('\n') !== model.featureNames.join('\n')) throw new RangeError('the features are not the model’s')
  const calibration = facts.calibrator?.save()
  const { parameters, arrays } = model.save()
  const calibrationArrays: Record<string, ModelArray> = {}
  for (const name in calibration?.arrays) calibrationArrays[CALIBRATION + name] = calibration.arrays[name]
  const [sections, body] = arraysToBytes({ ...arrays, ...calibrationArrays })
  const header = JSON.stringify({
    kind: model.kind,
    features: facts.features,
    parameters,
    calibration: facts.calibrator ? { kind: facts.calibrator.kind, parameters: calibration!.parameters } : null,
    thresholds: facts.thresholds,
    training: { manifestHash: facts.manifestHash, seed: facts.seed, plan: facts.plan ?? '' },
    metrics: facts.metrics,
    arrays: sections,
  })
  const content = Buffer.concat([Buffer.from(`,${header.slice(1)}\n`), body])
  return new Uint8Array(Buffer.concat([Buffer.from(`${PREFIX}${sha256(content)}"`), content]))
}

/**
 * Reads a model file, believing nothing: an unknown version, a wrong hash, arrays that do not fill the file exactly
 * or do not fit together, other features than expected, are each one sentence in a {@link ModelFileError}. Allocates
 * a few times the file's own size at most, and 70 MB for a language model, whatever its header claims.
 */
export function decodeModel(bytes: Uint8Array, expected: Expected = {}): ModelFile {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const contentAt = PREFIX.length + 65
  demand(file.length > contentAt && file.subarray(0, 16).toString('latin1') === PREFIX.slice(0, 16), NOT_A_MODEL)
  const version = /^\{"wakefulModel":(\d{1,9}),"sha256":"/.exec(file.subarray(0, 64).toString('latin1'))?.[1]
  demand(version !== undefined, NOT_A_MODEL)
  demand(
    Number(version) === FORMAT_VERSION,
    `The model file has format version ${version}, and this program reads version ${FORMAT_VERSION}.`,
  )
  demand(file.subarray(0, PREFIX.length).toString('latin1') === PREFIX && file[contentAt - 1] === QUOTE, NOT_A_MODEL)
  const claimed = file.subarray(PREFIX.length, contentAt - 1).toString('latin1')
  const content = file.subarray(contentAt)
  demand(claimed === sha256(content), 'The model file is damaged or cut short: its content does not match its sha256.')
  const lineEnd = content.subarray(0, HEADER_MAX).indexOf('\n')
  demand(lineEnd > 0, 'The model file has no header line.')
  const header = readHeader(`{${content.subarray(1, lineEnd).toString('utf8')}`)
  const found = assemble(header, arraysFromBytes(header.sections, content.subarray(lineEnd + 1)))
  checkExpected(found, expected)
  return { ...found, sha256: claimed }
}

function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}

function assemble(header: ModelHeader, all: Readonly<Record<string, ModelArray>>): ModelFile {
  const { kind, parameters, calibration, sections: _, ...facts } = header
  const arrays: Record<string, ModelArray> = {}
  const calibrationArrays: Record<string, ModelArray> = {}
  for (const [name, array] of Object.entries(all)) {
    if (name.startsWith(CALIBRATION)) calibrationArrays[name.slice(CALIBRATION.length)] = array
    else arrays[name] = array
  }
  const model = modelKinds.find((known) => known.kind === kind)
  demand(model !== undefined, `The model file holds a model of the unknown kind "${kind}".`)
  const featureNames = facts.features.map(({ name }) => name)
  const loaded = { ...facts, model: model.load({ parameters, arrays }, featureNames) }
  if (calibration === undefined) return loaded
  const calibrator = calibratorKinds.find((known) => known.kind === calibration.kind)
  demand(calibrator !== undefined, `The model file holds a calibration of the unknown kind "${calibration.kind}".`)
  const saved = { parameters: calibration.parameters, arrays: calibrationArrays }
  return { ...loaded, calibrator: calibrator.load(saved) }
}

function checkExpected({ model }: ModelFile, { kind = model.kind, featureNames = model.featureNames }: Expected): void {
  demand(model.kind === kind, `The model file holds a ${model.kind} model where a ${kind} model is needed.`)
  demandFeatures(model.featureNames, featureNames)
}
