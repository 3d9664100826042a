import { expect, test } from 'vitest'
import { logit, sigmoid, softplus } from './sigmoid.ts'

test('known values and ends', () => {
  expect(sigmoid(2)).toBe(0.8807970779778823)
  expect([sigmoid(0), sigmoid(-800), sigmoid(800)]).toEqual([0.5, 0, 1])
  expect(logit(0.75)).toBeCloseTo(Math.log(3), 15)
  expect(logit(sigmoid(-30))).toBeCloseTo(-30, 10)
  expect(softplus(0)).toBeCloseTo(Math.LN2, 15)
  expect([softplus(1000), softplus(-1000)]).toEqual([1000, 0])
})
