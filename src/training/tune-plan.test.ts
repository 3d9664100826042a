import { describe, expect, it } from 'vitest'
import type { Plan } from '../learn/plan.ts'
import { planted } from '../learn/planted.testing.ts'
import { type TuningPlan, tunePlan } from './tune-plan.ts'

const examples = planted(300, ['strong', 'noise'], 1)
const BOOSTING: Plan = {
  learner: 'boosting',
  parameters: { rounds: 5, learningRate: 0.1, l2: 1 },
  ...{ preparations: [], rebalancing: 'none', selection: null },
}
const tuned = (plan: Plan, search: Partial<TuningPlan>) =>
  tunePlan(examples, plan, [], { search: 'grid', trials: 2, metric: 'roc-auc', ...search }, 1, () => {})

describe('tuning a plan', () => {
  it('looks for the parameters that are not set, and keeps those that are', () => {
    const { plan, tuning } = tuned(BOOSTING, {})
    expect(tuning.trials.map(({ parameters }) => parameters)).toEqual([{ depthMax: 2 }, { depthMax: 6 }])
    expect(plan.parameters).toEqual({ ...BOOSTING.parameters, ...tuning.best.parameters })
  })

  it('tries what is set where nothing is left to look for', () => {
    const parameters = { ...BOOSTING.parameters, depthMax: 2 }
    expect(tuned({ ...BOOSTING, parameters }, {}).plan.parameters).toEqual(parameters)
  })

  it('draws as many as it is told, the same again', () => {
    const draw = () => tuned(BOOSTING, { search: 'random', trials: 3 }).tuning.trials
    expect(draw()).toHaveLength(3)
    expect(draw()).toEqual(draw())
  })

  it.each<[Partial<TuningPlan>, string]>([
    [{ trials: 1_000_000 }, 'That makes 3000000000000'],
    [{ search: 'random', trials: 1001 }, 'That makes 1001 combinations, and 1000 are the most'],
    [{ metric: 'luck' }, 'There is no metric "luck"'],
  ])('refuses %j in one sentence', (search, sentence) => {
    const open = { ...BOOSTING, parameters: { depthMax: 2 } }
    expect(() => tuned(open, search)).toThrow(
      expect.objectContaining({ name: 'PlanError', message: expect.stringContaining(sentence) }),
    )
  })
})
