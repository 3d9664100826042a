import { describe, expect, it } from 'vitest'
import { marginOf, mergeNearest } from './nearest.ts'

describe('mergeNearest', () => {
  it('takes the nearest of each line by itself', () => {
    const merged = mergeNearest([
      { account: { ratio: 0.5, subject: 'a' }, downlink: { ratio: 0.1, subject: 'a' } },
      { account: { ratio: 0.25, subject: 'b' }, 'client-account': { ratio: 0.2, subject: 'c' } },
      { account: { ratio: 0.5, subject: 'd' }, downlink: { ratio: 0.2, subject: 'd' } },
    ])
    expect(merged).toEqual({
      account: { ratio: 0.5, subject: 'a' },
      downlink: { ratio: 0.2, subject: 'd' },
      'client-account': { ratio: 0.2, subject: 'c' },
    })
    expect(mergeNearest([])).toEqual({})
  })
})

describe('marginOf', () => {
  it('is how many times higher the line is, and nothing came near is no limit', () => {
    expect(marginOf({ ratio: 0.8, subject: 'a' })).toBe(1.25)
    expect(marginOf(undefined)).toBe(Number.POSITIVE_INFINITY)
  })
})
