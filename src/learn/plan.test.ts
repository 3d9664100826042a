import { describe, expect, it } from 'vitest'
import { PreparedModel } from '../models/prepared-model.ts'
import { learners } from './learners.ts'
import { fitOfPlan, type Plan, recipeOf } from './plan.ts'
import { planted } from './planted.testing.ts'

const examples = planted(400, ['noise', 'strong', 'other'], 1)
const PLAIN: Plan = {
  ...{ learner: 'logistic', parameters: {}, preparations: [], rebalancing: 'none', selection: null },
}
const fit = (plan: Partial<Plan>) => fitOfPlan({ ...PLAIN, ...plan }, [], 1)(examples, 1)

describe('a plan', () => {
  it('is followed: its steps, its columns, its model with its parameters', () => {
    const selection = { method: 'anova', metric: 'roc-auc', count: 1 }
    const model = fit({ preparations: ['winsorise', 'standard'], selection, rebalancing: 'weights' })
    expect(model).toBeInstanceOf(PreparedModel)
    expect(model.steps.map(({ kind }) => kind)).toEqual(['clamping', 'scaling'])
    expect([...model.columns]).toEqual([1])
    const weight = (l2: number) => {
      const terms = new Float64Array(3)
      fit({ parameters: { l2 } }).contributions(Float64Array.of(0, 2, 0), 0, terms)
      return Math.abs(terms[1])
    }
    expect(weight(1e6)).toBeLessThan(weight(1) / 10)
  })

  it.each<[Partial<Plan>, string]>([
    [{ learner: 'magic' }, 'There is no model "magic": take one of logistic'],
    [{ preparations: ['iron'] }, 'There is no preparation "iron": take one of '],
    [{ selection: { method: 'dice', metric: 'roc-auc', count: 1 } }, 'There is no selection method "dice"'],
    [{ selection: { method: 'anova', metric: 'luck', count: 1 } }, 'There is no metric "luck"'],
    [{ parameters: { l3: 1 } }, 'The model logistic has no parameter "l3": take one of l1, l2.'],
    [{ parameters: { constructor: 1 } }, 'has no parameter "constructor"'],
    [{ parameters: { l2: -1 } }, '"-1" is no l2 for logistic: it is a number from 0 to 1000000.'],
    [{ parameters: { l2: Infinity } }, '"Infinity" is no l2'],
    [{ parameters: { l2: Number.NaN } }, '"NaN" is no l2'],
    [{ parameters: { l2: 'much' } }, '"much" is no l2'],
    [{ parameters: { l2: true } }, '"true" is no l2'],
    [{ learner: 'boosting', parameters: { rounds: 0 } }, 'it is a whole number from 1 to 10000.'],
    [{ learner: 'boosting', parameters: { rounds: 1e9 } }, '"1000000000" is no rounds'],
    [{ learner: 'boosting', parameters: { depthMax: 2.5 } }, '"2.5" is no depthMax'],
  ])('%j is refused in one sentence', (plan, sentence) => {
    expect(() => recipeOf({ ...PLAIN, ...plan }, [], 1)).toThrow(
      expect.objectContaining({ name: 'PlanError', message: expect.stringContaining(sentence) }),
    )
  })

  it.each(learners)('takes what is standard for $name, and every value that is tried', ({ name, defaults, space }) => {
    const tried = Object.entries(space).flatMap(([parameter, values]) =>
      ('from' in values ? [values.from, values.to] : values).map((value) => ({ [parameter]: value })),
    )
    for (const parameters of [defaults, ...tried]) {
      expect(() => recipeOf({ ...PLAIN, learner: name, parameters }, [], 1)).not.toThrow()
    }
  })
})
