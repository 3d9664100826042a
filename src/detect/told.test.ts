import { describe, expect, it } from 'vitest'
import { isNews, isStale, type Standing, type Told } from './told.ts'

const now: Standing = { queries: 10, octets: 600, fired: 1, lookup: false, timeMs: 1_000_000 }
const told: Told = { ...now, revision: 1 }

describe('what is news of an incident', () => {
  it.each<[string, Partial<Standing>, boolean]>([
    ['nothing new', {}, false],
    ['a few more queries', { queries: 40, octets: 900 }, false],
    ['twice as much', { octets: 1200 }, true],
    ['another detector', { fired: 2 }, true],
    ['a look-up service that turned into an alert', { lookup: true }, true],
    ['an hour later', { timeMs: 1_000_000 + 3_600_000 }, true],
  ])('%s', (_, change, expected) => {
    expect(isNews(told, { ...now, ...change })).toBe(expected)
  })

  it('is anything while nothing was told, and never the same again', () => {
    expect(isNews(undefined, now)).toBe(true)
    expect(isNews({ ...told, octets: 0 }, { ...now, octets: 0 })).toBe(false)
  })

  it('is stale as soon as anything came in', () => {
    expect([isStale(undefined, now), isStale(told, now), isStale(told, { ...now, queries: 11 })]).toEqual([
      true,
      false,
      true,
    ])
  })
})
