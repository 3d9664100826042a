import { describe, expect, test } from 'vitest'
import { createMatrix, type FeatureMatrix, matrixOf } from '../../models/matrix.ts'
import { createRandom } from '../../stats/random.ts'
import { textCode } from '../../stats/text-code.ts'
import { insideLimits } from './drop-outliers.ts'
import { encodeBuckets } from './encode-buckets.ts'
import { encodeFrequency } from './encode-frequency.ts'
import { imputeMedian } from './impute-median.ts'
import { minMax } from './min-max.ts'
import { prepare, selectColumns } from './prepare.ts'
import { standard } from './standard.ts'
import { winsorise } from './winsorise.ts'

const context = { categories: new Int32Array(0), seed: 1 }
const column = (...values: number[]) =>
  matrixOf(
    ['a'],
    values.map((value) => [value]),
  )
const after = (matrix: FeatureMatrix, ...used: Parameters<typeof prepare>[1]) => [
  ...prepare(matrix, used, context).matrix.values,
]

test('min-max and standard scaling by hand', () => {
  expect(after(column(2, 4, Number.NaN, 6), minMax)).toEqual([0, 0.5, Number.NaN, 1])
  expect(after(column(1, 3, 5, 7), standard)).toEqual([-3, -1, 1, 3].map((value) => value / Math.sqrt(5)))
  expect(after(column(0.1, 0.1, 0.1), standard)).toEqual([0, 0, 0])
  expect(after(column(3, 3), minMax)).toEqual([0, 0])
})

test('gaps take the median, and a column never known takes 0', () => {
  expect(after(column(5, Number.NaN, 1, 9), imputeMedian)).toEqual([5, 5, 1, 9])
  expect(after(column(Number.NaN), imputeMedian)).toEqual([0])
})

test('one step sees what the step before it made', () => {
  expect(after(column(10, Number.NaN, 30, 20), imputeMedian, minMax)).toEqual([0, 0.5, 1, 0.5])
})

describe('outliers', () => {
  const random = createRandom(1)
  const matrix = createMatrix(2000, ['octets', 'ratio'])
  matrix.values.forEach((_, i) => {
    matrix.values[i] = random()
  })
  // One absurdly long name, one absurd ratio.
  matrix.values[2 * 7] = 1e6
  matrix.values[2 * 9 + 1] = -1e6

  test('are drawn in by winsorising, and no row is lost', () => {
    const { matrix: drawnIn } = prepare(matrix, [winsorise], context)
    expect(drawnIn.rows).toBe(2000)
    expect(Math.max(...drawnIn.values)).toBeLessThanOrEqual(1)
    expect(Math.min(...drawnIn.values)).toBeGreaterThanOrEqual(0)
    const changed = drawnIn.values.filter((value, i) => value !== matrix.values[i]).length
    // The outermost 1 in 1000 at each end of two columns, less the quantiles themselves.
    expect(changed).toBe(6)
  })

  test('are dropped only on request, and never for a length', () => {
    const kept = insideLimits(matrix, Int32Array.of(0))
    expect(kept).toContain(7)
    expect(kept).not.toContain(9)
    expect(kept.length).toBe(2000 - 3)
    expect(insideLimits(matrix, new Int32Array(0))).not.toContain(7)
  })
})

describe('categories', () => {
  const matrix = createMatrix(4, ['n', 'qtype'])
  const codes = ['A', 'A', 'TXT', 'A'].map(textCode)
  codes.forEach((code, i) => {
    matrix.values.set([i, code], 2 * i)
  })
  const categories = Int32Array.of(1)

  test('become their share of the training rows; one never seen is 0', () => {
    const step = encodeFrequency.fit(matrix, { categories, seed: 1 })
    const rows = Float64Array.of(5, textCode('TXT'), 6, textCode('A'), 7, textCode('NULL'), 8, Number.NaN)
    for (let at = 0; at < rows.length; at += 2) step.apply(rows, at)
    expect([...rows]).toEqual([5, 0.25, 6, 0.75, 7, 0, 8, Number.NaN])
  })

  test('become buckets by hash and seed: the same in every run, seen or not', () => {
    const bucketOf = (text: string, seed: number) => {
      const row = Float64Array.of(0, textCode(text))
      encodeBuckets.fit(matrix, { categories, seed }).apply(row, 0)
      return row[1]
    }
    expect(['A', 'TXT', 'never seen'].map((text) => bucketOf(text, 1))).toEqual([30, 22, 45])
    const texts = Array.from({ length: 6400 }, (_, i) => `host-${i}`)
    const counts = new Array<number>(64).fill(0)
    for (const text of texts) counts[bucketOf(text, 1)]++
    expect(Math.min(...counts)).toBeGreaterThan(60)
    expect(Math.max(...counts)).toBeLessThan(145)
    expect(texts.slice(0, 640).filter((text) => bucketOf(text, 1) === bucketOf(text, 2)).length).toBeLessThan(30)
  })
})

test('columns are picked by index', () => {
  const picked = selectColumns(
    matrixOf(
      ['a', 'b', 'c'],
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    ),
    [2, 0],
  )
  expect(picked.names).toEqual(['c', 'a'])
  expect([...picked.values]).toEqual([3, 1, 6, 4])
})
