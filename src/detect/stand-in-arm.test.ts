import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { armFeatures, type QueryArm } from '../features/query/index.ts'
import { type Calibrator, fitPlatt } from '../models/calibrators.ts'
import { createMatrix } from '../models/matrix.ts'
import type { ExplainingScorer, Model } from '../models/model.ts'
import { encodeModel } from '../models/model-file.ts'
import { PreparedModel } from '../models/prepared-model.ts'
import { trainLogisticRegression } from '../models/train-logistic-regression.ts'
import { createRandom } from '../stats/random.ts'
import { loadDetectionModel, shippedModelFolder } from './load-detection-model.ts'

const folder = mkdtempSync(join(tmpdir(), 'wakeful-arm-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const random = createRandom(1)
const ROWS = 200
const calibrator = fitPlatt([-2, -1, 0, 1, 2, 3], [0, 0, 0, 1, 1, 1])

function train(names: readonly string[]): PreparedModel {
  const matrix = createMatrix(ROWS, names)
  for (let i = 0; i < matrix.values.length; i++) matrix.values[i] = random()
  const y = Float64Array.from({ length: ROWS }, (_, row) => (matrix.values[row * names.length] > 0.5 ? 1 : 0))
  const columns = Int32Array.from(names.keys())
  return new PreparedModel(names, [], columns, trainLogisticRegression(matrix, y))
}

function write(name: string, model: Model, how?: Calibrator): string {
  const path = join(folder, name)
  const features = model.featureNames.map((feature) => ({ name: feature, unit: 'ratio' }))
  const facts = { features, thresholds: [], manifestHash: '', seed: 1, metrics: {} }
  writeFileSync(path, encodeModel({ model, ...facts, ...(how && { calibrator: how }) }))
  return path
}

const namesOf = (arm: QueryArm) => armFeatures(arm).map(({ name }) => name)

describe('a model of one’s own in a scan', () => {
  it.each(['names', 'answers'] as const)('stands in for the arm whose features it reads: %s', (arm) => {
    const model: ExplainingScorer = train(namesOf(arm))
    const path = write(`${arm}.model`, model, calibrator)
    const shipped = loadDetectionModel()
    const own = loadDetectionModel(path)
    const other = arm === 'names' ? 'answers' : 'names'
    const row = (width: number) => Float64Array.from({ length: width }, random)
    for (let i = 0; i < 50; i++) {
      const mine = row(model.featureNames.length)
      expect(own.arms[arm].logLikelihoodRatio(mine)).toBe(calibrator.logLikelihoodRatio(model.scoreOne(mine)))
      const theirs = row(armFeatures(other).length)
      expect(own.arms[other].logLikelihoodRatio(theirs)).toBe(shipped.arms[other].logLikelihoodRatio(theirs))
    }
    expect([own.thresholds, own.fusion, own.typical]).toEqual([shipped.thresholds, shipped.fusion, shipped.typical])
  })

  it('has a version of its own, which names the arm and the file', () => {
    const paths = ['one.model', 'other.model'].map((name) => write(name, train(namesOf('names')), calibrator))
    const [one, other] = paths.map((path) => loadDetectionModel(path).version)
    expect(one).toMatch(new RegExp(`^${loadDetectionModel().version}\\+names:[0-9a-f]{12}$`))
    expect(other).not.toBe(one)
  })

  it.each<[string, () => string, string]>([
    ['without calibration', () => write('bare.model', train(namesOf('names'))), 'train it with --calibrate platt'],
    [
      'of other features',
      () => write('few.model', train(['a', 'b']), calibrator),
      'reads other features than a scan has',
    ],
    [
      'of features in another order',
      () => write('turned.model', train(namesOf('names').toReversed()), calibrator),
      'reads other features than a scan has',
    ],
    ['that reads octets', () => join(shippedModelFolder(), 'language.model'), 'reads other features than a scan has'],
    ['that is none', () => join(shippedModelFolder(), 'detection.json'), 'The file is not a wakeful model file.'],
  ])('a model %s is refused in one sentence that names it', (_, make, sentence) => {
    const path = make()
    expect(() => loadDetectionModel(path)).toThrow(
      expect.objectContaining({ name: 'ModelFileError', message: expect.stringMatching(/^[^\n]+\.$/) }),
    )
    expect(() => loadDetectionModel(path)).toThrow(`${path}: `)
    expect(() => loadDetectionModel(path)).toThrow(sentence)
  })

  it('may be a shipped arm in a file: then it scores as that arm does', () => {
    const path = join(shippedModelFolder(), 'query-names.model')
    const row = Float64Array.from({ length: armFeatures('names').length }, random)
    expect(loadDetectionModel(path).arms.names.logLikelihoodRatio(row)).toBe(
      loadDetectionModel().arms.names.logLikelihoodRatio(row),
    )
  })
})
