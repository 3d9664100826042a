import { describe, expect, it } from 'vitest'
import { matrixOf } from '../../../models/matrix.ts'
import type { OnlineLearner, Scorer } from '../../../models/model.ts'
import { trainLogisticRegression } from '../../../models/train-logistic-regression.ts'
import { type Entry, PREQUENTIAL_DEFAULTS, Prequential, type PrequentialOptions } from '../prequential.ts'
import { MajorityArm, NoChangeArm } from './baseline-arms.ts'
import { FrozenArm } from './frozen-arm.ts'
import { HeldBudgetArm } from './held-budget-arm.ts'
import { LearnerArm } from './learner-arm.ts'
import { RefitArm } from './refit-arm.ts'

const HOUR_MS = 3_600_000

/** Scores a row by its one number. */
const itself: Scorer = {
  kind: 'itself',
  featureNames: ['value'],
  scoreOne: (x, at = 0) => x[at],
  save: () => ({ parameters: {}, arrays: {} }),
}

/** One row an hour. */
function run(entry: Entry, values: readonly number[], y: readonly number[], options: Partial<PrequentialOptions> = {}) {
  const flagged: boolean[] = []
  const prequential = new Prequential(1, [entry], {
    ...PREQUENTIAL_DEFAULTS,
    ...options,
    onVerdict: (verdict) => flagged.push(verdict.flagged),
  })
  prequential.take({
    ...{ rows: values.length, x: Float64Array.from(values), y, groups: values.map(() => 'example.org') },
    timeMs: values.map((_, i) => i * HOUR_MS),
  })
  return { ...prequential.finish(), flagged }
}

describe('baselines', () => {
  const y = [1, 1, 0, 1, 1, 0]
  const values = y.map(() => 0)

  it('say what the row before was, and what most were', () => {
    const noChange = run({ arm: new NoChangeArm(), labels: 'at-once' }, values, y)
    expect(noChange.flagged).toEqual([false, true, true, false, true, true])
    expect(noChange.arms[0].figures.accuracy).toBe(noChange.arms[0].figures.noChangeAccuracy)
    expect(noChange.arms[0].figures.kappaTemporal).toBe(0)
    // After 1, 1, 0: two of three; ties are attacks.
    const majority = run({ arm: new MajorityArm(), labels: 'at-once' }, values, y)
    expect(majority.flagged).toEqual([false, true, true, true, true, true])
    expect(run({ arm: new MajorityArm(9, 1), labels: 'at-once' }, values, y).flagged).toEqual(values.map(() => false))
  })
})

describe('FrozenArm', () => {
  it('never learns, and its line stands', () => {
    const { flagged, arms } = run({ arm: new FrozenArm('frozen', itself, 2) }, [1, 2, 3, 1], [0, 0, 1, 1])
    expect(flagged).toEqual([false, true, true, false])
    expect(arms[0].regime).toBe('none')
  })
})

describe('HeldBudgetArm', () => {
  it('draws the line so that the day before would have kept the budget', () => {
    const arm = new HeldBudgetArm('held', itself, 100, { share: 0.25, seed: 1 })
    const day = Array.from({ length: 24 }, (_, hour) => hour)
    // The second day scores 50 more: it is flagged whole by the first day's line, and the third day by the second's.
    const values = [...day, ...day.map((v) => v + 50), ...day.map((v) => v + 50)]
    const { flagged } = run(
      { arm },
      values,
      values.map(() => 0),
    )
    const alerts = [0, 1, 2].map((n) => flagged.slice(n * 24, n * 24 + 24).filter(Boolean).length)
    expect(alerts).toEqual([0, 24, 6])
    expect(arm.line).toBe(68)
  })

  it('flags nothing rather than too much where scores tie, and joins days too short to tell', () => {
    const tied = new HeldBudgetArm('tied', itself, 0, { share: 0.25, seed: 1 })
    run({ arm: tied }, Array<number>(25).fill(7), Array<number>(25).fill(0))
    expect(tied.line).toBe(Infinity)
    const short = new HeldBudgetArm('short', itself, 3, { share: 0.02, seed: 1 })
    const values = Array.from({ length: 72 }, (_, i) => i)
    // 24 rows are less than one alert's worth; 48 allow none but 0.96, so the line stands for all three days.
    expect(
      run(
        { arm: short },
        values,
        values.map(() => 0),
      ).flagged.filter(Boolean),
    ).toHaveLength(69)
    expect(short.line).toBe(3)
  })
})

/** Sums what it was taught. */
function summing(): OnlineLearner & { readonly taught: number[][] } {
  const taught: number[][] = []
  return {
    ...{ kind: 'summing', featureNames: ['value'], taught, save: () => ({ parameters: {}, arrays: {} }) },
    scoreOne: () => taught.length,
    learnOne: (x, at, y, weight) => taught.push([x[at], y, weight]),
  }
}

describe('LearnerArm', () => {
  it('teaches the row as it was, with its label and weight', () => {
    const learner = summing()
    const { flagged } = run({ arm: new LearnerArm('online', learner, 2) }, [5, 6, 7, 8, 9, 10], [0, 1, 0, 1, 0, 1], {
      ...{ labelBudget: 0.5, labelDelayMs: 0 },
    })
    expect(learner.taught.every(([value, y, weight]) => y === (value + 1) % 2 && weight === 2)).toBe(true)
    expect(learner.taught.length).toBeGreaterThanOrEqual(2)
    // Two labels of the first four rows are in by the fifth.
    expect(flagged.slice(4)).toEqual([true, true])
  })
})

describe('LearnerArm, its marks', () => {
  it('says where it began to be wrong, and not where it stopped', () => {
    const learner = { ...summing(), scoreOne: () => 0 }
    // Says benign of everything: right for 2,000 rows, wrong for 2,000, right again.
    const y = Array.from({ length: 6000 }, (_, i) => (i >= 2000 && i < 4000 ? 1 : 0))
    const { windows } = run({ arm: new LearnerArm('online', learner, 1), labels: 'at-once' }, y, y, {
      windowRows: 2000,
    })
    const drifts = windows.flatMap((window) => window.arms[0].drifts)
    expect(drifts.length).toBeGreaterThan(0)
    for (const row of drifts) expect(row >= 2000 && row < 4000).toBe(true)
    expect(drifts[0]).toBeLessThan(2300)
  })

  it('counts a label for a share of the rows it stands for', () => {
    const learner = summing()
    run({ arm: new LearnerArm('online', learner, 2, 0.5) }, [5, 6, 7, 8], [0, 1, 0, 1], {
      ...{ labelBudget: 0.5, labelDelayMs: 0 },
    })
    expect(learner.taught.map(([, , weight]) => weight)).toContain(1)
  })
})

describe('RefitArm', () => {
  const fit = (matrix: Parameters<typeof trainLogisticRegression>[0], y: Float64Array) =>
    trainLogisticRegression(matrix, y)
  const turned = trainLogisticRegression(matrixOf(['value'], [[0], [1], [2], [3]]), [1, 1, 0, 0])

  it('fits the window that went wrong, and no other', () => {
    const arm = new RefitArm('refit', ['value'], turned, { windowRows: 4, accuracyMin: 0.65, fit })
    const values = Array.from({ length: 16 }, (_, i) => i % 4)
    const y = values.map((value) => (value > 1 ? 1 : 0))
    const { windows, arms } = run({ arm, labels: 'at-once' }, values, y, { windowRows: 4 })
    expect(windows.map((window) => window.arms[0].window.accuracy)).toEqual([0, 1, 1, 1])
    expect(windows.map((window) => window.arms[0].drifts)).toEqual([[3], [], [], []])
    expect(arms[0].drifts).toBe(1)
  })

  it('lets a window of one class go by', () => {
    const arm = new RefitArm('refit', ['value'], turned, { windowRows: 4, accuracyMin: 0.65, fit })
    const { arms } = run({ arm, labels: 'at-once' }, [0, 0, 0, 0, 0], [0, 0, 0, 0, 0])
    expect(arms[0]).toMatchObject({ drifts: 0, figures: { accuracy: 0 } })
  })
})
