import { describe, expect, test } from 'vitest'
import { matrixOf } from '../../models/matrix.ts'
import type { Examples } from '../examples.ts'
import { createExamples } from '../examples.ts'
import { SplitError } from '../folds/split.ts'
import { learners } from '../learners.ts'
import { recall, rocAuc } from '../metric.ts'
import { planted } from '../planted.testing.ts'
import { anova, anovaF } from './anova.ts'
import { backward } from './backward.ts'
import { chiSquared, chiSquaredOf } from './chi-squared.ts'
import { correlation, correlationOf } from './correlation.ts'
import { forward } from './forward.ts'
import { leaveOneOut } from './leave-one-out.ts'
import { informationOf, mutualInformation } from './mutual-information.ts'
import { permutation } from './permutation.ts'
import type { SelectionContext } from './selector.ts'

const context: SelectionContext = { count: 3, fit: learners[0].fit(), metric: rocAuc, folds: 3, seed: 1 }
const counts = (negatives: number[], positives: number[]) => ({
  negatives: Float64Array.from(negatives),
  positives: Float64Array.from(positives),
})

describe('by hand', () => {
  test('chi-squared', () => {
    expect(chiSquaredOf(counts([30, 10], [10, 30]))).toBe(20)
    expect(chiSquaredOf(counts([5, 10, 15], [10, 20, 30]))).toBeCloseTo(0, 12)
    expect(chiSquaredOf(counts([5], [9]))).toBe(0)
  })

  test('chi-squared of noise is about none, however many bins there are', () => {
    const noise = planted(
      1000,
      Array.from({ length: 60 }, (_, i) => `noise${i}`),
      1,
    )
    const { scores } = chiSquared.rank(noise, context)
    expect(Math.abs(scores.reduce((sum, score) => sum + score, 0) / 60)).toBeLessThan(2)
  })

  test('mutual information in bits', () => {
    expect(informationOf(counts([4, 0], [0, 4]))).toBe(1)
    expect(informationOf(counts([2, 2], [2, 2]))).toBe(0)
    // H(class) = 1 bit; in both bins 3 to 1, so 0.811 bits are left.
    expect(informationOf(counts([3, 1], [1, 3]))).toBeCloseTo(1 + 0.75 * Math.log2(0.75) + 0.25 * Math.log2(0.25), 12)
    expect(informationOf(counts([9, 0], [0, 3]))).toBeCloseTo(0.811278, 6)
  })

  test('information gain of a column that may be missing', () => {
    const rows = [[0], [0], [0], [0], [Number.NaN], [Number.NaN], [Number.NaN], [Number.NaN]]
    const examples = createExamples(matrixOf(['answers'], rows), [0, 0, 0, 1, 1, 1, 1, 0], [1, 2, 3, 4, 5, 6, 7, 8])
    expect(mutualInformation.rank(examples, context).scores[0]).toBeCloseTo(0.188722, 6)
  })

  test('analysis of variance', () => {
    expect(anovaF(matrixOf(['a'], [[1], [2], [3], [4]]), 0, [0, 0, 1, 1])).toBe(8)
    expect(anovaF(matrixOf(['a'], [[1], [1], [2], [2]]), 0, [0, 0, 1, 1])).toBe(Infinity)
    expect(anovaF(matrixOf(['a'], [[1], [1], [1]]), 0, [0, 0, 1])).toBe(0)
    const examples = createExamples(
      matrixOf(
        ['a', 'b'],
        [
          [1, 5],
          [1, 1],
          [2, 5],
          [2, 2],
        ],
      ),
      [0, 0, 1, 1],
    )
    expect([...anova.rank(examples, context).order]).toEqual([0, 1])
  })

  test('correlation', () => {
    expect(correlationOf([1, 2, 3], [2, 4, 7])).toBeCloseTo(0.993399, 6)
    expect(correlationOf([1, 2, 3, Number.NaN], [3, 2, 1, 9])).toBeCloseTo(-1, 12)
    expect(correlationOf([1, 1], [1, 2])).toBe(0)
    expect(correlationOf([Number.NaN], [1])).toBe(0)
  })
})

const copied = ['strongCopy', 'weak', 'noiseA', 'strong', 'middlingExact', 'noiseB', 'middling']
/** The column a chosen one repeats. */
const told = (chosen: Int32Array) => Array.from(chosen, (column) => copied[column].replace(/(Copy|Exact)$/, '')).sort()

describe('among redundant copies', () => {
  const examples = planted(1500, copied, 3)

  test('forward, backward and correlation choose each of the planted three once', () => {
    for (const selector of [forward, backward, correlation]) {
      expect(told(selector.rank(examples, context).chosen), selector.name).toEqual(['middling', 'strong', 'weak'])
    }
  })

  test('forward selection takes any model and any metric', () => {
    const boosting = learners[1].fit({ rounds: 10 })
    expect(told(forward.rank(examples, { ...context, fit: boosting }).chosen)).toEqual(['middling', 'strong', 'weak'])
    expect(told(forward.rank(examples, { ...context, count: 2, metric: recall }).chosen)).toEqual([
      'middling',
      'strong',
    ])
  })

  test('leaving one out misses no copy, since the other is still there', () => {
    const { scores } = leaveOneOut.rank(examples, context)
    expect(Math.abs(scores[copied.indexOf('middling')])).toBeLessThan(0.002)
    expect(scores[copied.indexOf('weak')]).toBeGreaterThan(0.01)
  })
})

test('leaving one out removes one at a time, not one after another', () => {
  const seen: string[] = []
  const fit = (examples: Examples, seed: number) => {
    seen.push(examples.matrix.names.join())
    return context.fit(examples, seed)
  }
  leaveOneOut.rank(planted(300, ['strong', 'weak', 'noise'], 1), { ...context, fit, folds: 2 })
  const each = ['strong,weak,noise', 'weak,noise', 'strong,noise', 'strong,weak']
  expect(seen).toEqual(each.flatMap((names) => [names, names]))
})

test('permutation fits once a fold and gives the deviation of its shuffles', () => {
  let fits = 0
  const fit = (examples: Examples, seed: number) => {
    fits++
    return context.fit(examples, seed)
  }
  const { scores, deviations } = permutation.rank(planted(900, ['strong', 'noise'], 1), { ...context, fit })
  expect(fits).toBe(3)
  expect(scores[0]).toBeGreaterThan(0.2)
  expect(deviations![0]).toBeGreaterThan(0)
  expect(Math.abs(scores[1])).toBeLessThan(0.01)
})

test('sequential selection never judges a row by its copy', () => {
  // Rows of pure noise, each four times: who may look at a copy knows the class.
  const rows = Array.from({ length: 60 }, (_, i) => Math.sin(i * 12.9898) * 43_758.5453)
  const matrix = matrixOf(
    ['noise', 'also'],
    [0, 1, 2, 3].flatMap(() => rows.map((value, i) => [value - Math.floor(value), i % 7])),
  )
  const y = [0, 1, 2, 3].flatMap(() => rows.map((_, i) => (i * 31) % 2))
  const boosting = learners[1].fit({ childHessianMin: 0.01, depthMax: 6 })
  const grouped = createExamples(matrix, y)
  const torn = { ...grouped, groups: Float64Array.from(y, (_, i) => i) }
  const reached = (examples: Examples) =>
    Math.max(...forward.rank(examples, { ...context, count: 2, fit: boosting }).scores)
  expect(reached(torn)).toBeGreaterThan(0.95)
  expect(reached(grouped)).toBeLessThan(0.75)
})

test('groups that cannot be folded, or folds that cannot tell, are one sentence', () => {
  const one = createExamples(matrixOf(['a'], [[1], [2], [3]]), [0, 1, 1], [1, 1, 1])
  expect(() => forward.rank(one, context)).toThrow(SplitError)
  const oneClass = createExamples(matrixOf(['a'], [[1], [2], [3]]), [0, 0, 0])
  expect(() => leaveOneOut.rank(oneClass, context)).toThrow('belong to one group')
})
