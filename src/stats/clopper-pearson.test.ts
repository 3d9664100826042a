import { expect, test } from 'vitest'
import { clopperPearson } from './clopper-pearson.ts'
import { incompleteBeta, logGamma } from './incomplete-beta.ts'

test('incomplete beta', () => {
  expect(incompleteBeta(2, 3, 0.5)).toBeCloseTo(0.6875, 13)
  expect(incompleteBeta(1, 1, 0.3)).toBeCloseTo(0.3, 14)
  expect(incompleteBeta(500_000, 500_000, 0.5)).toBeCloseTo(0.5, 8)
  expect(logGamma(11)).toBeCloseTo(Math.log(3_628_800), 12)
})

test('bounds with a closed form', () => {
  expect(clopperPearson(0, 1000).lower).toBe(0)
  expect(clopperPearson(0, 1000).upper).toBeCloseTo(1 - 0.025 ** (1 / 1000), 12)
  expect(clopperPearson(1000, 1000).lower).toBeCloseTo(0.025 ** (1 / 1000), 12)
  expect(clopperPearson(0, 0)).toEqual({ lower: 0, upper: 1 })
})

test('bounds as R gives them: binom.test(7, 50)', () => {
  const { lower, upper } = clopperPearson(7, 50)
  expect(lower).toBeCloseTo(0.0581917, 6)
  expect(upper).toBeCloseTo(0.2673961, 6)
})

test('the tail beyond each bound is what was asked for', () => {
  const { lower, upper } = clopperPearson(3, 2_000_000, 0.99)
  expect(incompleteBeta(3, 1_999_998, lower)).toBeCloseTo(0.005, 9)
  expect(1 - incompleteBeta(4, 1_999_997, upper)).toBeCloseTo(0.005, 9)
})
