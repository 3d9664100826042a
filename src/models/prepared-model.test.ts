import { describe, expect, test } from 'vitest'
import { modelKinds } from './index.ts'
import { matrixOf } from './matrix.ts'
import { decodeModel, encodeModel } from './model-file.ts'
import { PreparedModel } from './prepared-model.ts'
import { Imputation } from './steps/imputation.ts'
import { Scaling } from './steps/scaling.ts'
import { trainLogisticRegression } from './train-logistic-regression.ts'

const inner = trainLogisticRegression(matrixOf(['length'], [[0], [0.2], [0.7], [1]]), [0, 0, 1, 1])
const steps = [new Imputation(Float64Array.of(0, 50)), new Scaling(Float64Array.of(0, 0), Float64Array.of(1, 100))]
const model = new PreparedModel(['noise', 'length'], steps, Int32Array.of(1), inner)

test('takes the raw row and scores what the inner model makes of it', () => {
  expect(model.scoreOne(Float64Array.of(9, 70))).toBe(inner.scoreOne(Float64Array.of(0.7)))
  expect(model.scoreOne(Float64Array.of(9, Number.NaN))).toBe(inner.scoreOne(Float64Array.of(0.5)))
  const out = Float64Array.of(3, 3)
  const base = model.contributions(Float64Array.of(9, 70), 0, out)
  expect(out[0]).toBe(0)
  expect(base + out[1]).toBe(model.scoreOne(Float64Array.of(9, 70)))
})

test('one file holds steps, selection and model', () => {
  const features = model.featureNames.map((name) => ({ name, unit: 'octets' }))
  const file = encodeModel({ model, features, thresholds: [], manifestHash: '', seed: 1, metrics: {} })
  const loaded = decodeModel(file).model as PreparedModel
  expect(loaded.steps.map(({ kind }) => kind)).toEqual(['imputation', 'scaling'])
  expect(loaded.inner.featureNames).toEqual(['length'])
  expect(loaded.scoreOne(Float64Array.of(1, 33))).toBe(model.scoreOne(Float64Array.of(1, 33)))
})

describe('a file that was tampered with', () => {
  const kind = modelKinds.find(({ kind }) => kind === 'prepared')!
  const saved = model.save()
  const refused = (parameters: object, arrays: object = {}) =>
    expect(() =>
      kind.load(
        { parameters: { ...saved.parameters, ...parameters }, arrays: { ...saved.arrays, ...arrays } },
        model.featureNames,
      ),
    ).toThrow(expect.objectContaining({ name: 'ModelFileError' }))

  test('is one sentence', () => {
    refused({ steps: 1e9 })
    refused({ steps: -1 })
    refused({ steps: 3 })
    refused({ 'step.0': 'oracle' })
    refused({ 'step.0': 'scaling' })
    refused({ inner: 'prepared' })
    refused({ inner: 'byte-language-model' })
    refused({}, { columns: Int32Array.of(2) })
    refused({}, { columns: Int32Array.of(0, 1) })
    refused({}, { columns: Int32Array.of(1, 0) })
  })
})
