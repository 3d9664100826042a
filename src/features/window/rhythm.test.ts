import { expect, it } from 'vitest'
import { rhythm } from './rhythm.ts'
import { tallyOf, valuesOf } from './tally.testing.ts'

const read = (times: number[]) => valuesOf(rhythm, tallyOf(times.map((timeMs, i) => ({ prefix: `n${i}`, timeMs }))))

it('is unknown below two gaps and without times', () => {
  expect(read([0, 1000]).gapSeconds).toBeNaN()
  expect(read([NaN, NaN, NaN, NaN]).gapSeconds).toBeNaN()
})

it('measures a beacon, bursts, and many at once', () => {
  expect(read([0, 30_000, 60_000, 90_000])).toEqual({ gapSeconds: 30, gapVariation: 0 })
  expect(read([0, 0, 0, 0, 0, 60_000]).gapVariation).toBeCloseTo(2, 9)
  expect(read([5, 5, 5])).toEqual({ gapSeconds: 0, gapVariation: 0 })
})

it('leaves out a row without a time, and gaps that would be negative', () => {
  expect(read([0, NaN, 1000, 2000])).toEqual({ gapSeconds: 1, gapVariation: 0 })
  expect(read([0, 1000, 500, 1500])).toEqual({ gapSeconds: 1, gapVariation: 0 })
})
