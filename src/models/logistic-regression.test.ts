import { expect, test } from 'vitest'
import { createRandom } from '../stats/random.ts'
import { sigmoid } from '../stats/sigmoid.ts'
import { createMatrix, matrixOf } from './matrix.ts'
import { toyProblem } from './toy.testing.ts'
import { trainLogisticRegression } from './train-logistic-regression.ts'

test('the example of the class', () => {
  const model = trainLogisticRegression(matrixOf(['a'], [[0], [1], [2], [3]]), [0, 0, 1, 1])
  expect(model.scoreOne(Float64Array.of(3))).toBeCloseTo(1.267, 3)
  expect(model.scoreOne(Float64Array.of(1e300))).toBe(model.scoreOne(Float64Array.of(3)))
  expect(model.scoreOne(Float64Array.of(Number.NaN))).toBe(model.base)
})

test('finds the weights a large sample was made with, with sample weights for a rare class', () => {
  const random = createRandom(1)
  const n = 20_000
  const matrix = createMatrix(n, ['a', 'b', 'c'])
  const y = new Float64Array(n)
  const weights = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    const [a, b, c] = [random() * 2 - 1, random() * 100, 5]
    matrix.values.set([a, b, c], 3 * i)
    y[i] = random() < sigmoid(2 * a - 0.05 * b + 1) ? 1 : 0
    weights[i] = y[i] === 1 ? 3 : 1
  }
  const model = trainLogisticRegression(matrix, y, { l2: 0, weights })
  expect(model.terms.weights[0]).toBeCloseTo(2, 0)
  expect(model.terms.weights[1]).toBeCloseTo(-0.05, 2)
  expect(Math.abs(model.terms.weights[2])).toBeLessThan(1e-6)
  // Positives three times as heavy move the log-odds by log 3.
  expect(model.scoreOne(Float64Array.of(0, 20, 5))).toBeCloseTo(Math.log(3), 0)
})

test('at the optimum the gradient is zero, or points out of the bound', () => {
  const random = createRandom(2)
  const rows = Array.from({ length: 500 }, () => [random(), random(), random()])
  const y = rows.map(([a, b]) => (random() < sigmoid(4 * a - 4 * b) ? 1 : 0))
  const matrix = matrixOf(['a', 'b', 'c'], rows)
  const nonNegative = [true, true, true]
  const bounded = trainLogisticRegression(matrix, y, { l2: 0, nonNegative })
  expect(bounded.terms.weights[1]).toBe(0)
  for (const [model, isBounded] of [
    [trainLogisticRegression(matrix, y, { l2: 0 }), false],
    [bounded, true],
  ] as const) {
    for (const column of [0, 1, 2]) {
      let gradient = 0
      rows.forEach((row, i) => {
        gradient += (sigmoid(model.scoreOne(Float64Array.from(row))) - y[i]) * (row[column] - 0.5)
      })
      if (isBounded && model.terms.weights[column] === 0) expect(gradient).toBeGreaterThan(-1e-4)
      else expect(Math.abs(gradient)).toBeLessThan(1e-4)
    }
  }
})

test('separable classes stay finite', () => {
  const model = trainLogisticRegression(matrixOf(['a'], [[0], [1]]), [0, 1], { l2: 0 })
  expect(Number.isFinite(model.scoreOne(Float64Array.of(1)))).toBe(true)
})

test('l1 keeps what pulls more than its price and leaves exact zeros, also among columns that repeat each other', () => {
  const random = createRandom(3)
  const n = 2000
  const matrix = createMatrix(n, ['strong', 'sum', 'weak', 'noise', 'other'])
  const y = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    const [strong, weak, noise, other] = [random(), random(), 1000 * random(), random()]
    matrix.values.set([strong, strong + weak, weak, noise, other], 5 * i)
    y[i] = random() < sigmoid(4 * strong - 2) ? 1 : 0
  }
  for (const [l1, l2, kept] of [
    [90, 0, ['strong']],
    [10, 30, ['strong', 'sum', 'weak']],
    [1e4, 0, []],
  ] as const) {
    const model = trainLogisticRegression(matrix, y, { l1, l2 })
    const { weights, means } = model.terms
    expect(matrix.names.filter((_, j) => weights[j] !== 0)).toEqual(kept)
    for (let j = 0; j < 5; j++) {
      let [pull, squares] = [0, 0]
      for (let i = 0; i < n; i++) {
        const value = matrix.values[5 * i + j] - means[j]
        pull += (y[i] - sigmoid(model.scoreOne(matrix.values, 5 * i))) * value
        squares += value * value
      }
      const deviation = Math.sqrt(squares / n)
      const weight = weights[j] * deviation
      const rest = pull / deviation - l2 * weight
      if (weight === 0) expect(Math.abs(rest)).toBeLessThan(l1)
      else expect(rest).toBeCloseTo(l1 * Math.sign(weight), 4)
    }
  }
})

test('repeated columns share what they know and do not slow the fit down to a stop', () => {
  const { matrix, y } = toyProblem(1000, 4)
  const twice = createMatrix(1000, ['up', 'again', 'down'])
  for (let i = 0; i < 1000; i++) {
    const [up, down] = matrix.values.subarray(6 * i)
    twice.values.set([up, up, down], 3 * i)
  }
  const { weights } = trainLogisticRegression(twice, y).terms
  expect(weights[0]).toBeGreaterThan(1)
  expect(weights[1]).toBeCloseTo(weights[0], 6)
})
