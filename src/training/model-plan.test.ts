import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodePlan, encodePlan, type ModelPlan } from './model-plan.ts'

const PLAN: ModelPlan = {
  data: { kind: 'queries', profile: 'query', arm: 'names' },
  plan: {
    ...{ learner: 'boosting', parameters: { rounds: 3, deep: true, how: 'so' }, preparations: ['standard'] },
    ...{ rebalancing: 'over', selection: { method: 'anova', metric: 'recall', count: 3 } },
  },
  calibration: 'isotonic',
}

describe('the plan in a file', () => {
  it('reads back as it was written', () => {
    expect(decodePlan(encodePlan(PLAN))).toEqual(PLAN)
  })

  it.each([
    ['another kind of rows', { kind: 'wind' }],
    ['another profile', { profile: 'x' }],
    ['another arm', { arm: 'legs' }],
    ['another calibration', { calibration: 'luck' }],
    ['no learner', { learner: undefined }],
    ['parameters that are a list', { parameters: [1] }],
    ['a parameter that is an object', { parameters: { l2: {} } }],
    ['steps that are none', { preparations: [1] }],
    ['steps that are no list', { preparations: 'standard' }],
    ['another rebalancing', { rebalancing: 'tilt' }],
    ['a choice of no features', { selection: { method: 'anova', metric: 'recall', count: 0 } }],
    ['a choice without a method', { selection: { metric: 'recall', count: 1 } }],
    ['no word on a choice', { selection: undefined }],
  ])('is refused with %s', (_, change) => {
    const text = JSON.stringify({ ...JSON.parse(encodePlan(PLAN)), ...change })
    expect(() => decodePlan(text)).toThrow('is not one; train the model again.')
  })

  it('is a sentence whatever stands there', () => {
    const sentence = expect.objectContaining({ name: 'ModelFileError', message: expect.stringMatching(/^[^\n]+\.$/) })
    for (const text of ['', '{', 'null', '[]', '3', '"x"']) expect(() => decodePlan(text)).toThrow(sentence)
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(() => decodePlan(text)).toThrow(sentence)
      }),
    )
  })
})
