import { expect, test } from 'vitest'
import { logit } from '../stats/sigmoid.ts'
import { goesLeft } from './forest.ts'
import { createMatrix, matrixOf } from './matrix.ts'
import { RandomForest } from './random-forest.ts'
import { areaUnderRoc, toyProblem } from './toy.testing.ts'
import { trainRandomForest } from './train-random-forest.ts'

const { matrix, y } = toyProblem(800, 1)

test('the example of the class', () => {
  const labels = [0, 0, 0, 1, 1, 1]
  const model = trainRandomForest(matrixOf(['a'], [[1], [2], [3], [7], [8], [9]]), labels)
  expect(model.scoreOne(Float64Array.of(8))).toBeCloseTo(5.303, 3)
})

test('the margin is the log-odds of the mean vote, the prior voting too', () => {
  const model = trainRandomForest(matrix, y, { trees: 20 })
  const { forest, prior } = model
  for (let at = 0; at < 1200; at += 6) {
    let votes = prior
    for (const root of forest.roots) {
      let node = root
      while (forest.feature[node] >= 0) node = forest.child[node] + (goesLeft(forest, node, matrix.values, at) ? 0 : 1)
      votes += forest.value[node]
    }
    expect(model.scoreOne(matrix.values, at)).toBeCloseTo(logit(votes / 21), 8)
  }
})

test('terms are the votes that features moved, all at one rate', () => {
  const model = trainRandomForest(matrix, y, { trees: 20 })
  const { forest } = model
  const terms = new Float64Array(6)
  for (let at = 0; at < 600; at += 6) {
    const votes = new Float64Array(6)
    for (const root of forest.roots) {
      for (let node = root; forest.feature[node] >= 0; ) {
        const next = forest.child[node] + (goesLeft(forest, node, matrix.values, at) ? 0 : 1)
        votes[forest.feature[node]] += forest.value[next] - forest.value[node]
        node = next
      }
    }
    const moved = votes.reduce((sum, vote) => sum + vote, 0)
    const base = model.contributions(matrix.values, at, terms)
    const rate = (model.scoreOne(matrix.values, at) - base) / moved
    for (let column = 0; column < 6; column++) expect(terms[column]).toBeCloseTo(votes[column] * rate, 6)
  }
})

test('a row that moves votes both ways and nowhere in sum is explained at the tangent', () => {
  const half = { missingLeft: Uint8Array.from([1, 1, 1, 1, 1, 1]), cover: new Float64Array(6).fill(1) }
  const forest = {
    ...half,
    roots: Int32Array.of(0, 3),
    feature: Int32Array.of(0, -1, -1, 1, -1, -1),
    threshold: new Float64Array(6),
    child: Int32Array.of(1, 0, 0, 4, 0, 0),
    value: Float64Array.of(0.5, 0.25, 0.75, 0.5, 0.25, 0.75),
  }
  const model = new RandomForest(['a', 'b'], 0.5, forest, new Float64Array(2))
  const terms = new Float64Array(2)
  expect(model.contributions(Float64Array.of(1, -1), 0, terms)).toBe(0)
  // A quarter of one of three votes, at an odds of one: 0.25 / 3 / (0.5 * 0.5).
  expect(terms[0]).toBeCloseTo(1 / 3, 9)
  expect(terms[1]).toBe(-terms[0])
  expect(model.scoreOne(Float64Array.of(1, -1))).toBe(0)
})

test('one tree on all rows and columns, as deep as it likes, makes no mistake in training', () => {
  const names = ['a', 'b']
  const rows = Array.from({ length: 64 }, (_, i) => [i % 8, Math.floor(i / 8)])
  const labels = rows.map(([a, b]) => (2 * a + 3 * b > 17 ? 1 : 0))
  const model = trainRandomForest(matrixOf(names, rows), labels, { trees: 1, bootstrap: false, columnsPerNode: 2 })
  for (const [i, row] of rows.entries()) {
    expect(Math.sign(model.scoreOne(Float64Array.from(row)))).toBe(labels[i] === 1 ? 1 : -1)
  }
})

test('importance is the fall of Gini impurity', () => {
  const model = trainRandomForest(matrixOf(['a'], [[0], [0], [1], [1]]), [0, 1, 1, 1], { trees: 1, bootstrap: false })
  // 4 rows of impurity 2 * 3/4 * 1/4, then 2 rows of 1/2 and 2 of 0.
  expect(model.importance[0]).toBeCloseTo(1.5 - 1, 12)
})

test('seeds differ, limits hold, and class weights move the odds', () => {
  const first = trainRandomForest(matrix, y, { trees: 3, seed: 1 })
  const second = trainRandomForest(matrix, y, { trees: 3, seed: 2 })
  expect(first.forest.feature).not.toEqual(second.forest.feature)
  const shallow = trainRandomForest(matrix, y, { trees: 5, depthMax: 2 })
  expect(shallow.forest.feature.length).toBeLessThanOrEqual(5 * 7)
  const thick = trainRandomForest(matrix, y, { trees: 5, leafWeightMin: 100 })
  expect(Math.min(...thick.forest.cover)).toBeGreaterThanOrEqual(100)
  const rare = Float64Array.from(y, (label, i) => (label === 1 && i % 10 > 0 ? 0 : label))
  const plain = trainRandomForest(matrix, rare)
  const balanced = trainRandomForest(matrix, rare, { classWeights: 'balanced' })
  const byHand = trainRandomForest(matrix, rare, { classWeights: [1, 3] })
  expect(plain.prior).toBeLessThan(0.1)
  expect(balanced.prior).toBeCloseTo(0.5, 6)
  const positives = rare.reduce((sum, label) => sum + label, 0)
  expect(byHand.prior).toBeCloseTo((3 * positives + 0.5) / (800 + 2 * positives + 1), 8)
})

test('one class, one row, rows of no weight', () => {
  const single = trainRandomForest(matrix, new Float64Array(800).fill(1), { trees: 10 })
  expect(single.scoreOne(matrix.values)).toBeGreaterThan(5)
  const one = trainRandomForest(matrixOf(['a'], [[1]]), [0], { trees: 10 })
  expect(one.scoreOne(Float64Array.of(1))).toBeLessThan(0)
  const weights = y.map((_, i) => (i === 5 ? 1 : 0))
  const lonely = trainRandomForest(matrix, y, { weights, trees: 10 })
  expect(Number.isFinite(lonely.scoreOne(matrix.values))).toBe(true)
})

test('votes on what one column says about another, and is steadier than one of its trees', () => {
  const held = toyProblem(1000, 2)
  const auc = (trees: number) => {
    const model = trainRandomForest(matrix, y, { trees })
    const margins = Float64Array.from(held.y, (_, i) => model.scoreOne(held.matrix.values, 6 * i))
    return areaUnderRoc(margins, held.y)
  }
  expect(auc(100)).toBeGreaterThan(auc(1) + 0.05)
  expect(trainRandomForest(createMatrix(4, ['a']), [0, 0, 1, 1]).scoreOne(Float64Array.of(0))).toBeCloseTo(0, 0)
})

test('a file whose votes are no shares is refused', () => {
  const model = trainRandomForest(matrix, y, { trees: 2 })
  const saved = model.save()
  const forged = (arrays: object) => () =>
    RandomForest.load({ ...saved, arrays: { ...saved.arrays, ...arrays } }, matrix.names)
  expect(forged({ value: model.forest.value.map(() => 1.5) })).toThrow('trees that do not fit together')
  expect(forged({ value: model.forest.value.map(() => 0.1) })).toThrow('trees that do not fit together')
  for (const prior of [0, 1, -1, 0.1, Number.NaN]) {
    expect(forged({ prior: Float64Array.of(prior) })).toThrow('no valid prior')
  }
  expect(forged({ cover: model.forest.cover.map(() => 0) })).toThrow('trees that do not fit together')
})
