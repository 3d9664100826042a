import { describe, expect, it } from 'vitest'
import { plantedSet } from '../datasets/planted-set.testing.ts'
import { examplesOf } from '../datasets/table.ts'
import { stratifiedFolds } from '../learn/folds/grouped-folds.ts'
import { outOfFold } from '../learn/out-of-fold.ts'
import { FOLDS, fitOfPlan } from '../learn/plan.ts'
import { decodeModel, encodeModel } from '../models/model-file.ts'
import type { PreparedModel } from '../models/prepared-model.ts'
import { CALIBRATIONS, decodePlan, type ModelPlan } from './model-plan.ts'
import { planTable, trainingExamples, trainModel } from './train-model.ts'

const HOW: ModelPlan = {
  data: { kind: 'names', profile: 'query', arm: 'answers' },
  plan: { learner: 'logistic', parameters: {}, preparations: ['standard'], rebalancing: 'none', selection: null },
  calibration: 'platt',
}
const set = plantedSet({ rows: 1500 })

describe('a trained model', () => {
  it('draws its lines and its calibration on rows that its folds held out', () => {
    const file = trainModel(set, HOW, 7, 'ab')
    const table = planTable(set, HOW)
    const examples = examplesOf(table)
    const folds = stratifiedFolds(examples.groups, examples.y, FOLDS, 7)
    const margins = outOfFold(examples, fitOfPlan(HOW.plan, [], 7), folds, 7)
    const benign = margins.filter((_, row) => examples.y[row] === 0)
    expect(file.thresholds.map(({ name }) => name)).toEqual(['fpr 0.01', 'fpr 0.001', 'fpr 0.0001'])
    for (const { value, falseAlarmRate, basis } of file.thresholds) {
      expect(benign.filter((margin) => margin >= value).length / benign.length).toBe(falseAlarmRate)
      expect(basis).toBe(`${benign.length} benign rows held out`)
    }
    expect(file.thresholds[0].falseAlarmRate).toBeLessThanOrEqual(0.01)
    expect(file.thresholds[2].falseAlarmRate).toBe(0)
    expect(file.metrics).toMatchObject({ rows: 1500, attackRows: 1500 - benign.length })
    expect(file.metrics.heldOutRocAuc).toBeGreaterThan(0.9)
    expect([file.manifestHash, file.seed]).toEqual(['ab', 7])
  })

  it('is the same file for the same rows and seed, keeps its plan, and scores the same once loaded', () => {
    const bytes = encodeModel(trainModel(set, HOW, 7, 'ab'))
    expect(Buffer.compare(bytes, encodeModel(trainModel(set, HOW, 7, 'ab')))).toBe(0)
    const { model, plan } = decodeModel(bytes)
    expect(decodePlan(plan!)).toEqual(HOW)
    const before = trainModel(set, HOW, 7, 'ab').model as PreparedModel
    for (let row = 0; row < 1500; row++) {
      expect((model as PreparedModel).scoreOne(set.matrix.values, 2 * row)).toBe(
        before.scoreOne(set.matrix.values, 2 * row),
      )
    }
  })

  it('learns nothing from rows that may not train', () => {
    const split = (group: number) => (group % 3 === 0 ? 'dev' : 'train')
    const some = plantedSet({ rows: 1500, split })
    const other = { ...some, matrix: { ...some.matrix, values: some.matrix.values.slice() }, y: some.y.slice() }
    for (let row = 0; row < 1500; row++) {
      if (split(Math.floor(row / 5)) === 'train') continue
      other.matrix.values[2 * row] *= 1000
      other.y[row] = 1 - other.y[row]
    }
    expect(Buffer.compare(encodeModel(trainModel(some, HOW, 1, '')), encodeModel(trainModel(other, HOW, 1, '')))).toBe(
      0,
    )
  })

  it.each(CALIBRATIONS)('is calibrated as told: %s', (calibration) => {
    const { calibrator } = trainModel(set, { ...HOW, calibration }, 1, '')
    expect(calibrator?.kind ?? 'none').toBe(calibration)
  })

  it('reads texts only where a step encodes them', () => {
    const names = (preparations: string[]) =>
      planTable(set, { ...HOW, plan: { ...HOW.plan, preparations } }).matrix.names
    expect(names(['standard'])).toEqual(['told', 'noise'])
    expect(names(['encode-frequency'])).toEqual(['told', 'noise', 'word'])
    const plan = { ...HOW.plan, preparations: ['encode-frequency'] }
    expect(trainModel(set, { ...HOW, plan }, 1, '').features.map(({ unit }) => unit)).toEqual([
      ...['octets', 'ratio', 'text'],
    ])
  })

  it.each([
    ['no row trains', plantedSet({ split: () => 'dev' }), 'Of the rows with split=train 0 of 0 are attack'],
    ['one class trains', { ...set, y: new Uint8Array(1500) }, '0 of 1500 are attack, and training needs both kinds'],
  ])('is refused in one sentence where %s', (_, from, sentence) => {
    expect(() => trainingExamples(planTable(from, HOW))).toThrow(
      expect.objectContaining({ name: 'TrainingError', message: expect.stringContaining(sentence) }),
    )
  })

  it('is refused where all tunnels are one group: nothing could be held out', () => {
    const codes = set.group.codes.map((code, row) => (set.y[row] === 1 ? 0 : code))
    expect(() => trainModel({ ...set, group: { ...set.group, codes } }, HOW, 1, '')).toThrow('belong to one group')
  })
})
