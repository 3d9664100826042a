import { expect, test } from 'vitest'
import { createRandom } from '../stats/random.ts'
import { createMatrix, matrixOf } from './matrix.ts'
import { binMatrix, thresholdOf } from './quantile-bins.ts'

test('a bin is the number of cuts below the value, and missing values have the last', () => {
  const random = createRandom(1)
  const special = [Number.NaN, Infinity, -Infinity, 0, -0, Number.MAX_VALUE, 5e-324]
  for (const binsMax of [2, 3, 8, 64, 300]) {
    const rows = Array.from({ length: 500 }, (_, i) => [special[i] ?? Math.floor(random() * 200), random()])
    const { bins, firstBin, cuts } = binMatrix(matrixOf(['a', 'b'], rows), binsMax)
    for (const [i, row] of rows.entries()) {
      for (const [column, value] of row.entries()) {
        const below = cuts[column].filter((cut) => cut < value).length
        const wanted = Number.isNaN(value) ? cuts[column].length + 1 : below
        expect(bins[500 * column + i]).toBe(firstBin[column] + wanted)
      }
    }
    expect(cuts.every(({ length }) => length < binsMax)).toBe(true)
  }
})

test('few values get a bin each, cut half way; the cut past the last parts missing values off', () => {
  const binned = binMatrix(matrixOf(['a'], [[1], [5], [1], [2]]), 64)
  expect(binned.cuts).toEqual([Float64Array.of(1.5, 3.5)])
  expect([...binned.bins]).toEqual([0, 2, 0, 1])
  expect(thresholdOf(binned, 0, 1)).toBe(3.5)
  expect(thresholdOf(binned, 0, 2)).toBe(Number.MAX_VALUE)
})

test('past 262,144 rows the cuts of a part are those of all, near enough, whatever the order and period', () => {
  const rows = 400_000
  const matrix = createMatrix(rows, ['rising', 'alternating', 'hundreds'])
  for (let i = 0; i < rows; i++) matrix.values.set([i, i % 2, i % 100], 3 * i)
  const { bins, firstBin, cuts } = binMatrix(matrix, 20)
  const held = new Uint32Array(firstBin[3])
  for (const bin of bins) held[bin]++
  for (let bin = 0; bin < 20; bin++) expect(Math.abs(held[bin] / rows - 1 / 20)).toBeLessThan(0.0005)
  expect(cuts[1]).toEqual(Float64Array.of(0.5))
  expect(cuts[2].length).toBe(19)
  // A share that ends between two values ends on either side of one.
  for (const [i, cut] of cuts[2].entries()) expect(Math.abs(cut - (5 * i + 4.5))).toBeLessThanOrEqual(1)
})

test('more bins than 16 bits number are refused', () => {
  const matrix = createMatrix(300, Array.from({ length: 300 }, String))
  for (let i = 0; i < matrix.values.length; i++) matrix.values[i] = i
  expect(() => binMatrix(matrix, 300)).toThrow('300 columns of 300 bins are too many')
})
