import { expect, test } from 'vitest'
import { createRandom } from '../stats/random.ts'
import { averageDepth } from './isolation-tree.ts'
import { createMatrix, matrixOf } from './matrix.ts'
import { trainIsolationForest } from './train-isolation-forest.ts'

test('the examples', () => {
  const model = trainIsolationForest(matrixOf(['a'], [[1], [2], [3], [4], [5], [6], [7], [40]]))
  expect(model.scoreOne(Float64Array.of(40))).toBeCloseTo(2.276, 3)
  expect(model.scoreOne(Float64Array.of(4))).toBeCloseTo(-1.288, 3)
  expect(averageDepth(256)).toBeCloseTo(10.248689925634556, 12)
})

test('average depths are those of random search trees, worked out by hand', () => {
  // c(n) = 2 H(n - 1) - 2 (n - 1) / n.
  expect([0, 1, 2, 3].map(averageDepth)).toEqual([0, 0, 1, 5 / 3])
  expect(averageDepth(4)).toBeCloseTo(2 * (1 + 1 / 2 + 1 / 3) - 1.5, 14)
})

test('a row that one question sets apart gains what the others would have needed', () => {
  // Nearly every cut falls between 0 and 1e9; then three equal rows are left, whose depth is guessed by c(3).
  const model = trainIsolationForest(matrixOf(['a'], [[0], [0], [0], [1e9]]), { trees: 7 })
  expect(model.scoreOne(Float64Array.of(1e9))).toBeCloseTo(averageDepth(4) - 1, 8)
  expect(model.scoreOne(Float64Array.of(0))).toBeCloseTo(averageDepth(4) - 1 - 5 / 3, 8)
  const out = new Float64Array(1)
  expect(model.contributions(Float64Array.of(1e9), 0, out)).toBe(0)
  expect(out[0]).toBe(model.scoreOne(Float64Array.of(1e9)))
})

test('names the feature that is odd, and a gap is less odd than an odd value', () => {
  const random = createRandom(1)
  const matrix = createMatrix(500, ['a', 'b', 'c'])
  for (let i = 0; i < matrix.values.length; i++) matrix.values[i] = random()
  const model = trainIsolationForest(matrix, { seed: 5 })
  const terms = new Float64Array(3)
  for (const column of [0, 1, 2]) {
    const row = Float64Array.of(0.5, 0.5, 0.5)
    const ordinary = model.scoreOne(row)
    row[column] = 0.999
    model.contributions(row, 0, terms)
    expect(terms.indexOf(Math.max(...terms))).toBe(column)
    const odd = model.scoreOne(row)
    row[column] = 1e300
    expect(model.scoreOne(row)).toBeGreaterThanOrEqual(odd)
    row[column] = Number.NaN
    expect(model.scoreOne(row)).toBeLessThan(odd)
    expect(model.scoreOne(row) - ordinary).toBeLessThan((odd - ordinary) / 2)
  }
})

test('rows of weight zero are never seen, and heavy rows are ordinary', () => {
  const values = Array.from({ length: 50 }, (_, i) => [i < 40 ? i : 960 + i])
  const matrix = matrixOf(['a'], values)
  const train = (weight: number) =>
    trainIsolationForest(matrix, { weights: values.map(([value]) => (value < 40 ? 1 : weight)), sampleSize: 8 })
  const score = (weight: number) => train(weight).scoreOne(Float64Array.of(1005))
  expect(Math.max(...train(0).forest.threshold)).toBeLessThan(39)
  expect(score(1)).toBe(trainIsolationForest(matrix, { sampleSize: 8 }).scoreOne(Float64Array.of(1005)))
  expect(score(1)).toBeGreaterThan(0.5)
  expect(score(1000)).toBeLessThan(0)
})

test('nothing to ask is no anomaly: one row, equal rows, missing columns, infinite values', () => {
  for (const rows of [[[5]], [[3], [3], [3]], [[Number.NaN], [Number.NaN]], [[Infinity], [Infinity], [-Infinity]]]) {
    const model = trainIsolationForest(matrixOf(['a'], rows))
    for (const value of [0, 3, Number.NaN, Infinity]) expect(model.scoreOne(Float64Array.of(value))).toBe(0)
  }
  const wide = trainIsolationForest(matrixOf(['a'], [[-Number.MAX_VALUE], [Number.MAX_VALUE], [Infinity], [0]]))
  expect(wide.forest.threshold.every(Number.isFinite)).toBe(true)
  expect(new Set(wide.forest.feature)).toContain(0)
})

test('a tree asks no more questions than an average row needs', () => {
  const matrix = createMatrix(1000, ['a'])
  for (let i = 0; i < 1000; i++) matrix.values[i] = 2 ** i
  const { forest } = trainIsolationForest(matrix, { sampleSize: 64, trees: 3 })
  const depths = new Int32Array(forest.feature.length)
  forest.feature.forEach((column, node) => {
    if (column >= 0) depths.fill(depths[node] + 1, forest.child[node], forest.child[node] + 2)
  })
  expect(Math.max(...depths)).toBe(6)
})
