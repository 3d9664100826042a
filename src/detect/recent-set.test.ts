import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RecentSet } from './recent-set.ts'

const word = fc.integer({ min: 0, max: 40 })

describe('RecentSet', () => {
  it('never says yes to a key it was not given, nor gives another value than the latest', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(word, word, fc.integer())), (sets) => {
        const set = new RecentSet(16)
        const model = new Map<string, number>()
        for (const [lo, hi, value] of sets) {
          set.set(lo, hi, value)
          model.set(`${lo},${hi}`, value)
          if (lo !== 0 || hi !== 0) expect(set.get(lo, hi)).toBe(value)
        }
        for (let lo = 0; lo <= 40; lo++) {
          for (let hi = 0; hi <= 40; hi++) {
            const got = set.get(lo, hi)
            if (!Number.isNaN(got)) expect(got).toBe(model.get(`${lo},${hi}`))
          }
        }
      }),
    )
  })

  it('keeps the two latest keys of a bucket', () => {
    const set = new RecentSet(8)
    for (const hi of [1, 2, 3]) set.set(8, hi, hi)
    expect([1, 2, 3].map((hi) => set.get(8, hi))).toEqual([Number.NaN, 2, 3])
  })

  it('does not lose the other way when a key is set again', () => {
    const set = new RecentSet(8)
    set.set(8, 1, 1)
    set.set(8, 2, 2)
    for (let i = 0; i < 5; i++) set.set(8, 2, 20 + i)
    expect([set.get(8, 1), set.get(8, 2)]).toEqual([1, 24])
    for (let i = 0; i < 5; i++) set.set(8, 1, 10 + i)
    expect([set.get(8, 1), set.get(8, 2)]).toEqual([14, 24])
  })

  it('never knows the key of zeros', () => {
    const set = new RecentSet(8)
    expect(set.get(0, 0)).toBeNaN()
    set.set(0, 0, 5)
    expect(set.get(0, 0)).toBeNaN()
  })
})
