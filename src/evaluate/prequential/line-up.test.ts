import { describe, expect, it } from 'vitest'
import { createMatrix } from '../../models/matrix.ts'
import { createLearner } from '../../models/online/index.ts'
import { baselineEntries, dynamicEntries, frozenEntries, staticEntries } from './line-up.ts'
import { type Entry, PREQUENTIAL_DEFAULTS, Prequential } from './prequential.ts'
import { turningStream } from './stream.testing.ts'
import { lined, type WarmUp, warmedUp } from './warm-up.ts'

const WARM_UP_ROWS = 1000

function warmUpOf(rows: number): WarmUp {
  const { x, y } = turningStream(rows, rows, 7)
  const matrix = createMatrix(rows, ['a', 'b'])
  matrix.values.set(x)
  return { matrix, y: Float64Array.from(y) }
}

const sgd = { name: 'logistic-sgd', make: () => createLearner('logistic-sgd', ['a', 'b'], 1) }

function run(entries: readonly Entry[], rows = 6000, turnsAt = 2000) {
  const options = { ...PREQUENTIAL_DEFAULTS, labelDelayMs: 60_000, labelBudget: 0.05 }
  const prequential = new Prequential(2, entries, options)
  prequential.take(turningStream(rows, turnsAt))
  return new Map(prequential.finish().arms.map((arm) => [arm.name, arm]))
}

describe('warm-up', () => {
  it('draws the line of a learner on rows it had not learned', () => {
    const { model, line } = warmedUp(sgd.make(), warmUpOf(WARM_UP_ROWS))
    expect(model.scoreOne(Float64Array.of(1.9, 0.5))).toBeGreaterThan(line)
    expect(model.scoreOne(Float64Array.of(0.1, 0.5))).toBeLessThan(line)
  })

  it('draws it on all of the warm-up where the second half is of one class', () => {
    const { matrix, y } = warmUpOf(WARM_UP_ROWS)
    const benign = y.map((target, row) => (row < WARM_UP_ROWS / 2 ? target : 0))
    expect(warmedUp(sgd.make(), { matrix, y: benign }).line).not.toBe(0)
  })

  it('leaves even odds where it cannot tell', () => {
    const none = warmUpOf(0)
    expect(warmedUp(sgd.make(), none).line).toBe(0)
    expect(lined(sgd.make(), none).line).toBe(0)
    const benign = { ...warmUpOf(10), y: new Float64Array(10) }
    expect(lined(sgd.make(), benign).line).toBe(0)
  })
})

describe('who stands against whom', () => {
  const warmUp = warmUpOf(WARM_UP_ROWS)

  it('freezes the same learner as it was after warm-up: equal until the turn, apart behind it', () => {
    const entries = [
      ...frozenEntries(sgd, warmUp, { seed: 1 }),
      ...dynamicEntries(sgd, warmUp, { labelBudget: 0.05, upperBound: true }),
    ]
    const arms = run(entries)
    expect([...arms.keys()]).toEqual([
      ...['logistic-sgd, frozen', 'logistic-sgd, frozen, line redrawn daily', 'logistic-sgd'],
      'logistic-sgd, every label at once',
    ])
    const balanced = (name: string) => arms.get(name)!.figures.balancedAccuracy
    expect(balanced('logistic-sgd')).toBeGreaterThan(balanced('logistic-sgd, frozen') + 0.05)
    expect(balanced('logistic-sgd, every label at once')).toBeGreaterThan(balanced('logistic-sgd'))
    expect(run(frozenEntries(sgd, warmUp, { seed: 1 }))).toEqual(run(frozenEntries(sgd, warmUp, { seed: 1 })))
  })

  it('holds as many alerts as warm-up had, or the share it is told, or none of it', () => {
    const held = staticEntries('a', { model: sgd.make(), line: 1 }, warmUp, { seed: 1 })
    // Untaught it gives 0 to every row: nothing of the warm-up is flagged.
    expect(held.map(({ arm }) => arm.name)).toEqual(['a'])
    const told = staticEntries('a', { model: sgd.make(), line: 1 }, warmUp, { seed: 1, alertShare: 0.01 })
    expect(told.map(({ arm }) => arm.name)).toEqual(['a', 'a, line redrawn daily'])
  })

  it('begins the majority with the warm-up', () => {
    const [majority] = baselineEntries(warmUp)
    expect(majority.arm.score({ index: 0, timeMs: 0, x: new Float64Array(2), at: 0, group: '' })).toBeCloseTo(0.3, 1)
  })
})
