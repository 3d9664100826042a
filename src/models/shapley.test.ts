import { describe, expect, test } from 'vitest'
import { createRandom } from '../stats/random.ts'
import { type Forest, goesLeft } from './forest.ts'
import { GrowingForest } from './growing-forest.ts'
import { shapleyOf } from './shapley.ts'
import { toyProblem } from './toy.testing.ts'
import { trainDecisionTree } from './train-decision-tree.ts'
import { trainGradientBoosting } from './train-gradient-boosting.ts'
import { trainRandomForest } from './train-random-forest.ts'

/** What the trees say of `x` on average when only the features of the set `known`, a bit each, are known. */
function expected(forest: Forest, x: Float64Array, known: number): number {
  const at = (node: number): number => {
    const column = forest.feature[node]
    if (column < 0) return forest.value[node]
    const left = forest.child[node]
    if (known & (1 << column)) return at(goesLeft(forest, node, x, 0) ? left : left + 1)
    const [a, b] = [forest.cover[left], forest.cover[left + 1]]
    return (a * at(left) + b * at(left + 1)) / (a + b)
  }
  return forest.roots.reduce((sum, root) => sum + at(root), 0)
}

/** By the definition: every set of other features, weighted by how many orders of joining have it come first. */
function byDefinition(forest: Forest, x: Float64Array, columns: number): number[] {
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1))
  return Array.from({ length: columns }, (_, column) => {
    let sum = 0
    for (let set = 0; set < 1 << columns; set++) {
      if (set & (1 << column)) continue
      const size = set.toString(2).replaceAll('0', '').length
      const orders = (factorial(size) * factorial(columns - size - 1)) / factorial(columns)
      sum += orders * (expected(forest, x, set | (1 << column)) - expected(forest, x, set))
    }
    return sum
  })
}

function expectShapley(forest: Forest, x: Float64Array): void {
  const out = new Float64Array(x.length).fill(7)
  const mean = shapleyOf(forest, x, 0, out)
  const wanted = byDefinition(forest, x, x.length)
  for (const [column, value] of wanted.entries()) expect(out[column]).toBeCloseTo(value, 9)
  expect(mean).toBeCloseTo(expected(forest, x, 0), 9)
  expect(out.reduce((sum, value) => sum + value, mean)).toBeCloseTo(expected(forest, x, 2 ** x.length - 1), 9)
}

test('the example: a AND b over four corners', () => {
  const growing = new GrowingForest()
  const root = growing.plant(0.25, 4)
  const question = { threshold: 0.5, missingLeft: true }
  const first = growing.split(root, { ...question, column: 0 }, { value: 0, cover: 2 }, { value: 0.5, cover: 2 })
  growing.split(first + 1, { ...question, column: 1 }, { value: 0, cover: 1 }, { value: 1, cover: 1 })
  const out = new Float64Array(2)
  expect(shapleyOf(growing.finish(), Float64Array.of(1, 1), 0, out)).toBe(0.25)
  expect([...out]).toEqual([0.375, 0.375])
})

describe('equals the definition over all subsets', () => {
  const { matrix, y } = toyProblem(600, 1)
  const models = {
    'boosted trees, one feature asked again and again': trainGradientBoosting(matrix, y, { rounds: 8, depthMax: 7 }),
    'a tree': trainDecisionTree(matrix, y, { leafWeightMin: 4, depthMax: 9 }),
    'a forest': trainRandomForest(matrix, y, { trees: 4, depthMax: 7 }),
  }
  test.each(Object.entries(models))('%s', (_, { forest }) => {
    const random = createRandom(2)
    for (let i = 0; i < 10; i++) expectShapley(forest, matrix.values.slice(6 * i, 6 * i + 6))
    for (let i = 0; i < 10; i++) {
      expectShapley(
        forest,
        Float64Array.from({ length: 6 }, () => (random() < 0.4 ? Number.NaN : 4 * random() - 2)),
      )
    }
  })

  test('and where nobody came in training', () => {
    const { forest } = models['a tree']
    const cover = forest.cover.slice()
    for (let node = 0; node < cover.length; node++) {
      if (forest.feature[node] >= 0) cover[forest.child[node] + (node % 2)] = 0
    }
    for (let i = 0; i < 10; i++) expectShapley({ ...forest, cover }, matrix.values.slice(6 * i, 6 * i + 6))
  })
})

test('each model tells its own sum: nats of a margin, share of a vote', () => {
  const { matrix, y } = toyProblem(400, 3)
  const out = new Float64Array(6)
  const boosting = trainGradientBoosting(matrix, y, { rounds: 5 })
  const tree = trainDecisionTree(matrix, y)
  const forest = trainRandomForest(matrix, y, { trees: 5 })
  const sum = (mean: number) => out.reduce((total, value) => total + value, mean)
  for (let at = 0; at < 600; at += 6) {
    expect(sum(boosting.shapley(matrix.values, at, out))).toBeCloseTo(boosting.scoreOne(matrix.values, at), 9)
    expect(sum(tree.shapley(matrix.values, at, out))).toBeCloseTo(tree.scoreOne(matrix.values, at), 9)
    const vote = 1 / (1 + Math.exp(-forest.scoreOne(matrix.values, at)))
    expect(sum(forest.shapley(matrix.values, at, out))).toBeCloseTo(vote, 8)
  }
})
