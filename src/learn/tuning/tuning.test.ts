import { describe, expect, test } from 'vitest'
import { createRandom } from '../../stats/random.ts'
import type { Examples } from '../examples.ts'
import { learners } from '../learners.ts'
import { rocAuc } from '../metric.ts'
import { planted } from '../planted.testing.ts'
import { standard } from '../preparation/standard.ts'
import { fitOf } from '../recipe.ts'
import { between, byFactors, drawFrom, gridOf, wholeBetween } from './space.ts'
import { type Trial, tune } from './tune.ts'

const space = { l2: byFactors(0.01, 100), depthMax: wholeBetween(2, 5), share: between(0.5, 1), kind: ['a', 'b'] }

describe('a space', () => {
  test('as a grid: every combination, ranges from end to end', () => {
    const grid = gridOf(space, 3)
    expect(grid).toHaveLength(54)
    expect(new Set(grid.map(({ l2 }) => Number(l2).toPrecision(6)))).toEqual(
      new Set(['0.0100000', '1.00000', '100.000']),
    )
    expect(new Set(grid.map(({ depthMax }) => depthMax))).toEqual(new Set([2, 4, 5]))
    expect(grid[0]).toEqual({ l2: 0.01, depthMax: 2, share: 0.5, kind: 'a' })
    expect(grid.at(-1)).toEqual({ l2: 100, depthMax: 5, share: 1, kind: 'b' })
    expect(gridOf({ depthMax: wholeBetween(1, 2) }, 9)).toEqual([{ depthMax: 1 }, { depthMax: 2 }])
    expect(gridOf({ share: between(0, 4) }, 1)).toEqual([{ share: 2 }])
    expect(gridOf({}, 3)).toEqual([{}])
  })

  test('at random: inside, even in its scale, the same for a seed', () => {
    const drawn = drawFrom(space, 4000, createRandom(1))
    expect(drawFrom(space, 4000, createRandom(1))).toEqual(drawn)
    const column = (name: string) => drawn.map((parameters) => Number(parameters[name]))
    expect(column('l2').every((value) => value >= 0.01 && value <= 100)).toBe(true)
    expect(column('l2').filter((value) => value < 1).length / 4000).toBeCloseTo(0.5, 1)
    for (const depth of [2, 3, 4, 5]) {
      expect(column('depthMax').filter((value) => value === depth).length / 4000).toBeCloseTo(0.25, 1)
    }
    expect(column('share').every((value) => value >= 0.5 && value < 1)).toBe(true)
    expect(drawn.filter(({ kind }) => kind === 'a').length / 4000).toBeCloseTo(0.5, 1)
  })
})

describe('tuning', () => {
  const examples = planted(800, ['strong', 'noise', 'middling', 'weak'], 1)
  const [, boosting] = learners
  // One stump can only follow the strong column.
  const candidates = [{ rounds: 1, depthMax: 1 }, { rounds: 60 }, { rounds: 20 }, { rounds: 60 }]
  const rules = { metric: rocAuc, folds: 4, seed: 1 }

  test('keeps every trial and finds the best, the first of two that are even', () => {
    const told: [number, number, Trial][] = []
    const onProgress = (done: number, of: number, best: Trial) => told.push([done, of, best])
    const { trials, best } = tune(examples, candidates, boosting.fit, { ...rules, onProgress })
    expect(trials.map(({ parameters }) => parameters)).toEqual(candidates)
    expect(trials[3]).toEqual({ ...trials[1], parameters: candidates[3] })
    expect(best).toBe(trials.toSorted((a, b) => b.mean - a.mean)[0])
    expect(best.mean).toBeGreaterThan(trials[0].mean + 0.02)
    for (const { byFold, mean, deviation } of trials) {
      expect(byFold).toHaveLength(4)
      expect(mean).toBeCloseTo(byFold.reduce((sum, value) => sum + value, 0) / 4, 12)
      const squares = byFold.reduce((sum, value) => sum + (value - mean) ** 2, 0)
      expect(deviation).toBeCloseTo(Math.sqrt(squares / 3), 12)
    }
    expect(told.map(([done, of]) => [done, of])).toEqual([1, 2, 3, 4].map((done) => [done, 4]))
    expect(told[0][2]).toBe(trials[0])
    expect(told[3][2]).toBe(best)
    expect(tune(examples, candidates, boosting.fit, rules)).toEqual({ trials, best })
  })

  test('fits on rows whose groups are not among those it measures on, and nothing else', () => {
    const fits: Examples[] = []
    const [logistic] = learners
    const fitWith = () => (training: Examples, seed: number) => {
      fits.push(training)
      return logistic.fit()(training, seed)
    }
    tune(examples, [{}], fitWith, rules)
    const groupsOf = ({ groups }: Examples) => new Set(groups)
    const all = groupsOf(examples)
    const left = fits.map((training) => [...all].filter((group) => !groupsOf(training).has(group)))
    // Each group is left out of exactly one training part, with all its rows.
    expect(left.flat().toSorted()).toEqual([...all].toSorted())
    expect(fits.reduce((sum, training) => sum + training.matrix.rows, 0)).toBe(3 * 800)
  })

  test('tunes a whole recipe as it tunes a model', () => {
    const [logistic] = learners
    const fitWith = (parameters: Parameters<typeof logistic.fit>[0]) =>
      fitOf({ preparations: [standard], fit: logistic.fit(parameters) })
    const { trials } = tune(examples, gridOf({ l2: [1, 1e6] }, 1), fitWith, rules)
    expect(trials[0].mean).toBeGreaterThan(0.85)
  })

  test('without candidates there is nothing to find', () => {
    expect(() => tune(examples, [], boosting.fit, rules)).toThrow('no candidates to try')
  })
})
