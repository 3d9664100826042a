import type { OnlineLearner, Scorer } from '../../models/model.ts'
import { MajorityArm, NoChangeArm } from './arms/baseline-arms.ts'
import { FrozenArm } from './arms/frozen-arm.ts'
import { HeldBudgetArm } from './arms/held-budget-arm.ts'
import { LearnerArm } from './arms/learner-arm.ts'
import type { Entry } from './prequential.ts'
import { type Lined, type WarmUp, warmedUp } from './warm-up.ts'

/** The arms that every stream is judged with: what no model at all gets, each label known at once. */
export function baselineEntries({ y }: WarmUp): Entry[] {
  const positives = y.reduce((sum, target) => sum + target, 0)
  return [
    { arm: new MajorityArm(y.length, positives), labels: 'at-once' },
    { arm: new NoChangeArm(), labels: 'at-once' },
  ]
}

export interface StaticOptions {
  /** Share of rows that may be flagged when the line is redrawn each day; that of the warm-up if absent. */
  readonly alertShare?: number
  readonly seed: number
}

/**
 * A frozen model, once with its line and once with the line redrawn each day: the second needs no label either, so it is
 * part of what adapting has to beat. It is left out where the line flags nothing of the warm-up, and no share is given.
 */
export function staticEntries(name: string, { model, line }: Lined, warmUp: WarmUp, options: StaticOptions): Entry[] {
  const share = options.alertShare ?? flaggedShare(model, line, warmUp)
  const frozen: Entry = { arm: new FrozenArm(name, model, line) }
  if (!(share > 0)) return [frozen]
  return [frozen, { arm: new HeldBudgetArm(`${name}, line redrawn daily`, model, line, { share, seed: options.seed }) }]
}

function flaggedShare(model: Scorer, line: number, { matrix, y }: WarmUp): number {
  let flagged = 0
  for (let row = 0; row < y.length; row++) {
    if (model.scoreOne(matrix.values, row * matrix.columns) >= line) flagged++
  }
  return flagged / y.length
}

/** A learner by its name: a new one each time it is made, the same for the same seed. */
export interface DynamicLearner {
  readonly name: string
  make(): OnlineLearner
}

/** The learner as it is after warm-up, never to learn again: the nearest opponent of the one that goes on. */
export function frozenEntries({ name, make }: DynamicLearner, warmUp: WarmUp, options: StaticOptions): Entry[] {
  return staticEntries(`${name}, frozen`, warmedUp(make(), warmUp), warmUp, options)
}

/**
 * The learner that goes on, a label asked for by chance counting as one row; `upperBound` puts beside it what it would
 * be with every label at once.
 */
export function dynamicEntries(
  { name, make }: DynamicLearner,
  warmUp: WarmUp,
  { labelBudget, upperBound }: { readonly labelBudget: number; readonly upperBound: boolean },
): Entry[] {
  const arm = (suffix: string, share: number) => {
    const { model, line } = warmedUp(make(), warmUp)
    return new LearnerArm(`${name}${suffix}`, model, line, share)
  }
  const late: Entry = { arm: arm('', labelBudget) }
  return upperBound ? [late, { arm: arm(', every label at once', 1), labels: 'at-once' }] : [late]
}
