import { expect, test } from 'vitest'
import { quantile } from './quantile.ts'

test('nearest rank', () => {
  const values = [50, 15, 35, 40, 20]
  expect([0, 0.05, 0.3, 0.4, 0.5, 1].map((q) => quantile(values, q))).toEqual([15, 15, 20, 20, 35, 50])
  expect(values[0]).toBe(50)
  const hundred = Array.from({ length: 100 }, (_, i) => i + 1)
  for (let q = 1; q <= 100; q++) expect(quantile(hundred, q / 100)).toBe(q)
  expect(quantile([], 0.5)).toBeNaN()
})
