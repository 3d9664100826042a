import { expect, test } from 'vitest'
import { createRandom } from '../stats/random.ts'
import { GradientBoosting } from './gradient-boosting.ts'
import { createMatrix, matrixOf } from './matrix.ts'
import { areaUnderRoc, toyProblem } from './toy.testing.ts'
import { type BoostingOptions, trainGradientBoosting } from './train-gradient-boosting.ts'

test('the example of the class', () => {
  const y = [0, 0, 0, 1, 1, 1]
  const model = trainGradientBoosting(matrixOf(['a'], [[1], [2], [3], [7], [8], [9]]), y, { childHessianMin: 0 })
  expect(model.scoreOne(Float64Array.of(8))).toBeCloseTo(2.614, 3)
  expect(model.scoreOne(Float64Array.of(2))).toBe(-model.scoreOne(Float64Array.of(8)))
  expect(model.scoreOne(Float64Array.of(4.999))).toBe(model.scoreOne(Float64Array.of(1)))
})

test('finds what a line cannot: two crossed features', () => {
  const random = createRandom(1)
  const matrix = createMatrix(2000, ['a', 'b'])
  const y = new Float64Array(2000)
  for (let i = 0; i < 2000; i++) {
    matrix.values.set([random() - 0.5, random() - 0.5], 2 * i)
    y[i] = matrix.values[2 * i] * matrix.values[2 * i + 1] > 0 ? 1 : 0
  }
  const model = trainGradientBoosting(matrix, y)
  expect(
    areaUnderRoc(
      Float64Array.from(y, (_, i) => model.scoreOne(matrix.values, 2 * i)),
      y,
    ),
  ).toBeGreaterThan(0.98)
})

test('one step of one stump is what pen and paper give', () => {
  const matrix = matrixOf(['a'], [[0], [0], [1], [1]])
  const options = { rounds: 1, depthMax: 1, learningRate: 1, l2: 0, childHessianMin: 0 }
  // Base is the logit of (3 + 0.5) / (4 + 1) = 0.7; a leaf's value is sum(y - p) / sum(p (1 - p)).
  const model = trainGradientBoosting(matrix, [0, 1, 1, 1], options)
  const base = Math.log(0.7 / 0.3)
  expect(model.scoreOne(Float64Array.of(0))).toBeCloseTo(base + (1 - 1.4) / 0.42, 8)
  expect(model.scoreOne(Float64Array.of(1))).toBeCloseTo(base + 0.6 / 0.42, 8)
  // Gain: G^2 / H of the children, less that of the parent.
  expect(model.importance[0]).toBeCloseTo(0.16 / 0.42 + 0.36 / 0.42 - 0.04 / 0.84, 8)
})

test('a weight of two is a row twice, and a weight of zero no row', () => {
  const { matrix, y } = toyProblem(400, 3)
  const names = matrix.names
  const rows = Array.from({ length: 400 }, (_, i) => [...matrix.values.subarray(6 * i, 6 * i + 6)])
  const options: BoostingOptions = { rounds: 10, binsMax: 1000 }
  const weighted = trainGradientBoosting(matrixOf(names, [...rows, rows[0]]), [...y, 1], {
    ...options,
    weights: [...Array.from({ length: 400 }, (_, i) => (i < 200 ? 2 : 1)), 0],
  })
  const repeated = trainGradientBoosting(
    matrixOf(names, [...rows, ...rows.slice(0, 200)]),
    [...y, ...y.slice(0, 200)],
    options,
  )
  for (const row of rows) {
    const x = Float64Array.from(row)
    expect(weighted.scoreOne(x)).toBeCloseTo(repeated.scoreOne(x), 6)
  }
})

test('monotone columns never turn the score around', () => {
  const { matrix, y } = toyProblem(2000, 4)
  for (const [monotone, sign] of [
    [[0, 0, 1, 1, 0, 1], 1],
    [[0, 0, -1, -1, 0, -1], -1],
  ] as const) {
    const model = trainGradientBoosting(matrix, y, { monotone, childHessianMin: 0.1 })
    for (let i = 0; i < 50; i++) {
      const row = matrix.values.slice(6 * i, 6 * i + 6)
      for (const column of [2, 3, 5]) {
        const scores = Array.from({ length: 200 }, (_, step) => {
          row[column] = sign * (step / 100 - 1)
          return model.scoreOne(row)
        })
        expect(scores).toEqual(scores.toSorted((a, b) => a - b))
      }
    }
  }
})

test('missing values go where they helped', () => {
  const random = createRandom(5)
  const values = Array.from({ length: 1000 }, () => [random() < 0.5 ? Number.NaN : random()])
  for (const target of [1, 0]) {
    const y = values.map(([v]) => (Number.isNaN(v) ? target : v < 0.5 ? 1 - target : random() < 0.5 ? 1 : 0))
    const model = trainGradientBoosting(matrixOf(['a'], values), y)
    const score = model.scoreOne(Float64Array.of(Number.NaN)) * (target === 1 ? 1 : -1)
    expect(score).toBeGreaterThan(2)
  }
  const onlyMissing = trainGradientBoosting(
    matrixOf(['a'], [...Array(50).fill([Number.NaN]), ...Array(50).fill([3])]),
    [...Array(50).fill(1), ...Array(50).fill(0)],
  )
  expect(onlyMissing.scoreOne(Float64Array.of(Number.NaN))).toBeGreaterThan(1)
  expect(onlyMissing.scoreOne(Float64Array.of(1e300))).toBeLessThan(-1)
})

test('the flat layout scores as the trees read, on borders and hostile values too', () => {
  const { matrix, y } = toyProblem(1000, 6)
  for (const depthMax of [1, 3, 4, 7]) {
    const { forest, ...model } = trainGradientBoosting(matrix, y, { depthMax, rounds: 20, childHessianMin: 0 })
    const again = new GradientBoosting(model.featureNames, model.base, forest, model.importance)
    const special = [Number.NaN, Infinity, -Infinity, 0, -0, Number.MAX_VALUE, -Number.MAX_VALUE, ...forest.threshold]
    const random = createRandom(7)
    for (let i = 0; i < 2000; i++) {
      const row = Float64Array.from({ length: 6 }, () => special[Math.floor(random() * special.length)])
      let sum = model.base
      for (const root of forest.roots) {
        let node = root
        while (forest.feature[node] >= 0) {
          const v = row[forest.feature[node]]
          const left = Number.isNaN(v) ? forest.missingLeft[node] === 1 : v <= forest.threshold[node]
          node = forest.child[node] + (left ? 0 : 1)
        }
        sum += forest.value[node]
      }
      expect(again.scoreOne(row)).toBe(sum)
    }
  }
})

test('limits hold: depth, leaves, bins, one class, constant columns', () => {
  const { matrix, y } = toyProblem(500, 8)
  const small = trainGradientBoosting(matrix, y, { leavesMax: 3, rounds: 4, depthMax: 9 })
  expect(small.forest.feature.length).toBe(4 * 5)
  const coarse = trainGradientBoosting(matrix, y, { binsMax: 2, rounds: 30 })
  expect(new Set(coarse.forest.threshold.filter((_, i) => coarse.forest.feature[i] === 0)).size).toBe(1)
  const single = trainGradientBoosting(matrix, new Float64Array(500).fill(1))
  expect(single.scoreOne(matrix.values)).toBeGreaterThan(5)
  const constant = trainGradientBoosting(matrixOf(['a'], [[1], [1]]), [0, 1])
  expect(constant.scoreOne(Float64Array.of(1))).toBe(0)
  expect(() => trainGradientBoosting(matrix, [1])).toThrow('1 targets for 500 rows')
})
