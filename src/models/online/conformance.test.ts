import { describe, expect, it } from 'vitest'
import type { OnlineLearner } from '../model.ts'
import { decodeModel, encodeModel } from '../model-file.ts'
import { areaUnderRoc, toyProblem } from '../toy.testing.ts'
import { createLearner, LEARNER_NAMES, onlineKinds } from './index.ts'

const { matrix, y } = toyProblem(4000, 5)

function teach(learner: OnlineLearner, from: number, to: number, flip = false): void {
  for (let i = from; i < to; i++) learner.learnOne(matrix.values, i * 6, flip ? 1 - y[i] : y[i], 1)
}

function fileOf(model: OnlineLearner): Uint8Array {
  const features = model.featureNames.map((name) => ({ name, unit: 'ratio' }))
  return encodeModel({ model, features, thresholds: [], manifestHash: '', seed: 1, metrics: {} })
}

describe.each(LEARNER_NAMES)('%s', (name) => {
  const learner = (seed = 1) => createLearner(name, matrix.names, seed)

  it('is listed among the kinds that files may hold', () => {
    expect(onlineKinds.map(({ kind }) => kind)).toContain(name)
    expect(learner().kind).toBe(name)
  })

  it('says nothing before it learned anything', () => {
    expect(Math.abs(learner().scoreOne(matrix.values, 0))).toBeLessThan(0.1)
  })

  it('goes on from a file as if there had been no file, chance included', () => {
    const whole = learner()
    teach(whole, 0, 3000)
    const first = learner()
    teach(first, 0, 1700)
    const second = decodeModel(fileOf(first)).model as OnlineLearner
    teach(second, 1700, 3000)
    expect(Buffer.compare(fileOf(second), fileOf(whole))).toBe(0)
  })

  it('learns nothing of a row without weight, and no missing or endless values', () => {
    const one = learner()
    const other = learner()
    teach(one, 0, 500)
    teach(other, 0, 500)
    for (const weight of [0, -1, Number.NaN]) other.learnOne(matrix.values, 0, 1, weight)
    expect(Buffer.compare(fileOf(one), fileOf(other))).toBe(0)
    for (const value of [Number.NaN, Infinity, -Infinity, 1e308, -1e308]) {
      other.learnOne(new Float64Array(6).fill(value), 0, 1, 1)
    }
    teach(other, 500, 2500)
    for (let i = 0; i < 200; i++) expect(Number.isFinite(other.scoreOne(matrix.values, i * 6))).toBe(true)
  })

  it('learns as it goes: the second half is told apart before it is learned', () => {
    const one = learner()
    teach(one, 0, 2000)
    const scores: number[] = []
    for (let i = 2000; i < 4000; i++) {
      scores.push(one.scoreOne(matrix.values, i * 6))
      one.learnOne(matrix.values, i * 6, y[i], 1)
    }
    expect(areaUnderRoc(scores, y.slice(2000))).toBeGreaterThan(0.85)
  })

  it('counts a row of weight three for more than one of weight one', () => {
    const light = learner()
    const heavy = learner()
    teach(light, 0, 1100)
    teach(heavy, 0, 1100)
    for (let i = 0; i < 40; i++) {
      light.learnOne(matrix.values, i * 6, 1, 0.2)
      heavy.learnOne(matrix.values, i * 6, 1, 3)
    }
    const mean = (of: OnlineLearner) =>
      Array.from({ length: 200 }, (_, i) => of.scoreOne(matrix.values, i * 6)).reduce((a, b) => a + b) / 200
    expect(mean(heavy)).toBeGreaterThanOrEqual(mean(light))
  })
})

describe.each(['hoeffding-adaptive-tree', 'adaptive-forest', 'retrain-window'] as const)('%s', (name) => {
  it('unlearns what is no longer so', () => {
    const learner = createLearner(name, matrix.names, 1)
    for (let pass = 0; pass < 2; pass++) teach(learner, 0, 4000)
    for (let pass = 0; pass < 3; pass++) teach(learner, 0, 4000, true)
    const scores = Array.from({ length: 2000 }, (_, i) => learner.scoreOne(matrix.values, i * 6))
    expect(areaUnderRoc(scores, y.slice(0, 2000))).toBeLessThan(0.3)
  })
})
