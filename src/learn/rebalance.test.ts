import fc from 'fast-check'
import { expect, test } from 'vitest'
import { matrixOf } from '../models/matrix.ts'
import { createExamples } from './examples.ts'
import { stratifiedFolds } from './folds/grouped-folds.ts'
import { splitOfFold } from './folds/split.ts'
import { balancingWeights, oversample, rebalance, undersample } from './rebalance.ts'

const targets = fc.array(fc.constantFrom(0, 1), { maxLength: 60 }).map((y) => [0, ...y, 1])
const countOf = (y: ArrayLike<number>, rows: Int32Array, target: number) =>
  rows.filter((row) => y[row] === target).length

test('drawing down keeps the rarer class whole, takes no row twice and leaves the classes even', () => {
  fc.assert(
    fc.property(targets, fc.integer(), (y, seed) => {
      const rows = undersample(y, seed)
      const rarer = Math.min(y.filter((t) => t === 0).length, y.filter((t) => t === 1).length)
      expect(new Set(rows).size).toBe(rows.length)
      expect([countOf(y, rows, 0), countOf(y, rows, 1)]).toEqual([rarer, rarer])
      expect(undersample(y, seed)).toEqual(rows)
    }),
  )
})

test('drawing up keeps every original and leaves the classes even', () => {
  fc.assert(
    fc.property(targets, fc.integer(), (y, seed) => {
      const rows = oversample(y, seed)
      expect([...rows.subarray(0, y.length)]).toEqual(y.map((_, row) => row))
      expect(countOf(y, rows, 0)).toBe(countOf(y, rows, 1))
      expect(oversample(y, seed)).toEqual(rows)
    }),
  )
})

test('another seed draws other rows', () => {
  const y = Array.from({ length: 200 }, (_, i) => (i < 20 ? 1 : 0))
  expect(undersample(y, 1)).not.toEqual(undersample(y, 2))
  expect(oversample(y, 1)).not.toEqual(oversample(y, 2))
})

test('weights give each class half the rows, on top of weights there are', () => {
  expect([...balancingWeights([1, 0, 0, 0])]).toEqual([2, 2 / 3, 2 / 3, 2 / 3])
  expect([...balancingWeights([1, 1, 0, 0], [3, 1, 1, 1])]).toEqual([1.5, 0.5, 1, 1])
  expect(() => balancingWeights([1, 1])).toThrow('both classes')
  expect(() => oversample([0], 1)).toThrow('both classes')
})

test('no copy crosses a fold made after drawing up', () => {
  const values = Array.from({ length: 100 }, (_, i) => [i])
  const examples = createExamples(
    matrixOf(['a'], values),
    values.map(([i]) => (i % 10 === 0 ? 1 : 0)),
  )
  const more = rebalance(examples, 'over', 1)
  expect(more.matrix.rows).toBe(180)
  const folds = stratifiedFolds(more.groups, more.y, 5, 1)
  for (let fold = 0; fold < 5; fold++) {
    const { train, test } = splitOfFold(folds, fold)
    const trained = new Set(Array.from(train, (row) => more.matrix.values[row]))
    expect(Array.from(test, (row) => more.matrix.values[row]).filter((value) => trained.has(value))).toEqual([])
  }
  expect(rebalance(examples, 'under', 1).y.reduce((sum, target) => sum + target, 0)).toBe(10)
  expect(rebalance(examples, 'weights', 1).weights![0]).toBe(5)
})
