import { describe, expect, it } from 'vitest'
import { SavedRandom } from '../stats/saved-random.ts'
import { Adwin } from './adwin.ts'

/** Values until the first change is found behind `change`; infinite where none is within `length`. */
function delay(seed: number, before: number, after: number, change: number, length: number): number {
  const random = new SavedRandom(seed)
  const adwin = new Adwin()
  for (let i = 0; i < change + length; i++) {
    const found = adwin.add(random.next() < (i < change ? before : after) ? 1 : 0)
    if (found && i >= change) return i - change + 1
  }
  return Number.POSITIVE_INFINITY
}

describe('Adwin', () => {
  it('finds a change of 0.2 in a mean within 500 values in 95 of 100 streams, in 300 at the median', () => {
    const delays = Array.from({ length: 100 }, (_, seed) => delay(seed, 0.4, 0.6, 2000, 2000)).sort((a, b) => a - b)
    expect(delays[94]).toBeLessThanOrEqual(500)
    expect(delays[49]).toBeLessThanOrEqual(300)
  })

  it('raises at most one false alarm in 100,000 values, as the mean of 20 streams', () => {
    let alarms = 0
    for (let seed = 0; seed < 20; seed++) {
      const random = new SavedRandom(1000 + seed)
      const adwin = new Adwin()
      for (let i = 0; i < 100_000; i++) if (adwin.add(random.next() < 0.5 ? 1 : 0)) alarms++
    }
    expect(alarms / 20).toBeLessThanOrEqual(1)
  })

  it('keeps the mean and the count of its window exactly', () => {
    const adwin = new Adwin()
    const random = new SavedRandom(3)
    let sum = 0
    for (let i = 1; i <= 1000; i++) {
      const value = random.next()
      sum += value
      expect(adwin.add(value)).toBe(false)
      expect(adwin.width).toBe(i)
      expect(adwin.mean).toBeCloseTo(sum / i, 9)
    }
    expect(adwin.variance / adwin.width).toBeCloseTo(1 / 12, 2)
  })
})
