import { describe, expect, it } from 'vitest'
import { plantedSet } from '../datasets/planted-set.testing.ts'
import { decodeModel, encodeModel, type ModelFile } from '../models/model-file.ts'
import { comparedModels, filedModel, filedPlan } from './filed-model.ts'
import { encodePlan, type ModelPlan } from './model-plan.ts'
import { planTable, trainingExamples, trainModel } from './train-model.ts'

const HOW: ModelPlan = {
  data: { kind: 'names', profile: 'query', arm: 'answers' },
  plan: { learner: 'logistic', parameters: { l2: 2 }, preparations: [], rebalancing: 'none', selection: null },
  calibration: 'isotonic',
}
const set = plantedSet()
const file = decodeModel(encodeModel(trainModel(set, HOW, 3, 'ab')))

describe('a model of a file', () => {
  it('is trained again as it was: the same model from the same rows', () => {
    const { filed, table } = filedModel('my.model', file, filedPlan(file), set, true)
    const again = filed.train(trainingExamples(table))
    expect(again).toEqual({ ...trainModel(set, HOW, 3, 'ab'), features: undefined, manifestHash: undefined })
    expect(filed.facts).toEqual([
      ...[
        ['model', file.sha256],
        ['trained on', 'ab'],
        ['plan', encodePlan(HOW)],
        ['seed', '3'],
      ],
    ])
  })

  const named = (names: string[]) => ({
    ...set,
    matrix: { ...set.matrix, names },
    features: names.map((name) => ({ name, unit: 'octets' })),
  })
  it.each<[string, () => unknown, string]>([
    ['keeps no plan', () => filedPlan({ ...file, plan: '' }), 'keeps no plan to train again by'],
    [
      'has other features',
      () => filedModel('m', file, HOW, named(['told', 'x']), true),
      'feature 2 is noise, and here it is x',
    ],
    [
      'names a learner that is none',
      () => filedModel('m', file, { ...HOW, plan: { ...HOW.plan, learner: 'magic' } }, set, true),
      'has a plan that cannot be followed. There is no model "magic"',
    ],
    [
      'has absurd parameters',
      () => filedModel('m', file, { ...HOW, plan: { ...HOW.plan, parameters: { l2: 1e99 } } }, set, true),
      '"1e+99" is no l2 for logistic',
    ],
    [
      'scores no rows',
      () =>
        filedModel(
          'm',
          { ...file, model: { kind: 'x', featureNames: [], save: file.model.save } } as ModelFile,
          HOW,
          set,
          true,
        ),
      'holds a x, which scores no rows',
    ],
  ])('that %s is refused in one sentence', (_, open, sentence) => {
    expect(open).toThrow(
      expect.objectContaining({ name: 'ModelFileError', message: expect.stringContaining(sentence) }),
    )
  })
})

it('models to compare are named by their learners and calibrated as told', () => {
  const plans = ['logistic', 'boosting'].map((learner) => ({ ...HOW, plan: { ...HOW.plan, learner } }))
  const table = planTable(set, HOW)
  const models = comparedModels(plans, table, 1)
  expect(models.map(({ name }) => name)).toEqual(['logistic', 'boosting'])
  expect(models.map(({ train }) => train(trainingExamples(table)).calibrator?.kind)).toEqual(['isotonic', 'isotonic'])
})
