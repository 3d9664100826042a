import { expect, test } from 'vitest'
import { decayedSum } from './decayed-sum.ts'

test('decays by e in tau, and charges late and timeless events in full', () => {
  expect(decayedSum(100, 600_000, 600_000, 20)).toBeCloseTo(56.787944117144235, 12)
  expect(decayedSum(100, 0, 600_000, 20)).toBe(120)
  expect(decayedSum(100, -5, 600_000, 20)).toBe(120)
  expect(decayedSum(100, Number.NaN, 600_000, 20)).toBe(120)
  expect(decayedSum(100, Infinity, 600_000, 20)).toBe(20)
})
