import { expect, test } from 'vitest'
import { DecisionTree } from './decision-tree.ts'
import { matrixOf } from './matrix.ts'
import { toyProblem } from './toy.testing.ts'
import { trainDecisionTree } from './train-decision-tree.ts'
import { trainRandomForest } from './train-random-forest.ts'

const six = matrixOf(['a'], [[1], [2], [3], [7], [8], [9]])
const labels = [0, 0, 0, 1, 1, 1]

test('the example of the class', () => {
  const model = trainDecisionTree(six, labels, { leafWeightMin: 1 })
  expect(model.scoreOne(Float64Array.of(8))).toBeCloseTo(Math.log(3.5 / 0.5), 9)
  expect(model.forest.threshold[0]).toBe(5)
  const terms = new Float64Array(1)
  expect(model.contributions(Float64Array.of(1), 0, terms)).toBe(0)
  expect(terms[0]).toBe(model.scoreOne(Float64Array.of(1)))
})

test('a weight of two is a row twice', () => {
  const { matrix, y } = toyProblem(300, 1)
  const rows = Array.from({ length: 300 }, (_, i) => [...matrix.values.subarray(6 * i, 6 * i + 6)])
  const options = { binsMax: 1000, leafWeightMin: 10 }
  const weights = rows.map((_, i) => (i < 150 ? 2 : 1))
  const weighted = trainDecisionTree(matrix, y, { ...options, weights })
  const both = matrixOf(matrix.names, [...rows, ...rows.slice(0, 150)])
  const repeated = trainDecisionTree(both, [...y, ...y.slice(0, 150)], options)
  expect(weighted.save()).toEqual(repeated.save())
})

test('depth and leaf weight are limits', () => {
  const { matrix, y } = toyProblem(1000, 2)
  expect(trainDecisionTree(matrix, y, { depthMax: 0 }).forest.feature).toEqual(Int32Array.of(-1))
  expect(trainDecisionTree(matrix, y, { depthMax: 3 }).forest.feature.length).toBeLessThanOrEqual(15)
  const thick = trainDecisionTree(matrix, y, { leafWeightMin: 150, depthMax: 20 })
  expect(Math.min(...thick.forest.cover)).toBeGreaterThanOrEqual(150)
  expect(trainDecisionTree(six, labels, { leafWeightMin: 3, depthMax: 20 }).forest.feature.length).toBe(3)
})

test('missing values are an answer of their own', () => {
  const rows = Array.from({ length: 90 }, (_, i) => [i % 3 === 0 ? Number.NaN : i])
  const model = trainDecisionTree(
    matrixOf(['a'], rows),
    rows.map(([v]) => (Number.isNaN(v) ? 1 : 0)),
  )
  expect(model.scoreOne(Float64Array.of(Number.NaN))).toBeGreaterThan(3)
  expect(model.scoreOne(Float64Array.of(50))).toBeLessThan(-3)
})

test('a forest is no tree', () => {
  const saved = trainRandomForest(six, labels, { trees: 2 }).save()
  expect(() => DecisionTree.load(saved, ['a'])).toThrow('The model file of a decision tree must hold one tree.')
})
