import { describe, expect, test } from 'vitest'
import { learners } from '../learners.ts'
import { rocAuc } from '../metric.ts'
import { planted } from '../planted.testing.ts'
import { selectors } from './index.ts'
import type { SelectionContext } from './selector.ts'

const context: SelectionContext = { count: 3, fit: learners[0].fit(), metric: rocAuc, folds: 3, seed: 1 }
const names = ['noiseA', 'weak', 'constant', 'strong', 'noiseB', 'middling', 'noiseC']
const informative = ['strong', 'middling', 'weak']
const examples = planted(1500, names, 1)

describe.each(selectors.map((selector) => [selector.name, selector] as const))('%s', (_, selector) => {
  const ranking = selector.rank(examples, context)

  test('puts what was planted first, in order, and noise last', () => {
    const order = Array.from(ranking.order, (column) => names[column])
    expect(order.slice(0, 3)).toEqual(informative)
    expect(order.slice(3).toSorted()).toEqual(['constant', 'noiseA', 'noiseB', 'noiseC'])
    expect(Array.from(ranking.chosen, (column) => names[column])).toEqual(['weak', 'strong', 'middling'])
  })

  test('names every column once, with a score that is a number', () => {
    expect([...ranking.order].sort((a, b) => a - b)).toEqual(names.map((_, column) => column))
    expect(ranking.scores).toHaveLength(names.length)
    expect(ranking.scores.some(Number.isNaN)).toBe(false)
    expect(ranking.deviations?.some((deviation) => !(deviation >= 0)) ?? false).toBe(false)
  })

  test('says the same when asked again, and leaves the rows alone', () => {
    const copy = examples.matrix.values.slice()
    expect(selector.rank(examples, context)).toEqual(ranking)
    expect(examples.matrix.values).toEqual(copy)
  })

  test('chooses no more than there are', () => {
    const one = planted(300, ['strong'], 2)
    const { order, chosen } = selector.rank(one, context)
    expect([[...order], [...chosen]]).toEqual([[0], [0]])
  })

  test('reads gaps and infinities without giving way', () => {
    const holed = { ...examples, matrix: { ...examples.matrix, values: examples.matrix.values.slice() } }
    for (let row = 0; row < 1500; row++) {
      if (row % 4 === 0) holed.matrix.values[row * names.length + (row % names.length)] = Number.NaN
      if (row % 97 === 0) holed.matrix.values[row * names.length] = Infinity
    }
    const { order, scores } = selector.rank(holed, context)
    expect(scores.some(Number.isNaN)).toBe(false)
    expect(Array.from(order.slice(0, 2), (column) => names[column])).toEqual(['strong', 'middling'])
  })
})
