import { expect, test } from 'vitest'
import { createRandom } from '../../stats/random.ts'
import { GapStats } from './gap-stats.ts'
import { describeRhythm } from './timing.ts'

function statsOf(gaps: Iterable<number>): GapStats {
  const stats = new GapStats()
  let time = 1_700_000_000_000
  stats.add(time)
  for (const gap of gaps) stats.add((time += gap))
  return stats
}

test('a beacon is strong', () => {
  const random = createRandom(1)
  const stats = statsOf(Array.from({ length: 60 }, () => 60_000 + random() * 500))
  expect(describeRhythm(stats)).toBe('A query every 60.3 s: 100 % of 59 gaps are within 5 % of the one before.')
})

test('a beacon with jitter is weak', () => {
  const random = createRandom(2)
  const stats = statsOf(Array.from({ length: 200 }, () => 1000 * (0.88 + 0.24 * random())))
  expect(describeRhythm(stats)).toMatch(
    /^A query about every (?:1\.[01] s|9\d\d ms): \d+ % of 199 gaps are within 30 %/,
  )
})

test('people and bursts have no rhythm', () => {
  const random = createRandom(3)
  expect(describeRhythm(statsOf(Array.from({ length: 500 }, () => -1000 * Math.log(1 - random()))))).toBeNull()
})

test('the two queries of one act count once', () => {
  const stats = statsOf(Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? 0.2 : 299.8)))
  expect(describeRhythm(stats)).toMatch(/^A query every 300 ms: 100 %/)
})

test('few queries, and times that are none, say nothing', () => {
  expect(describeRhythm(statsOf([1000, 1000, 1000]))).toBeNull()
  expect(describeRhythm(new GapStats())).toBeNull()
  const stats = new GapStats()
  for (const time of [Number.NaN, 5, 5, 3, Number.POSITIVE_INFINITY, -8]) stats.add(time)
  expect(stats.pairs).toBe(0)
})

test('the median is over all gaps seen, in eight places', () => {
  const stats = statsOf(Array.from({ length: 10_000 }, (_, i) => i + 1))
  expect(stats.median).toBeGreaterThan(3000)
  expect(stats.median).toBeLessThan(7000)
})

test('spans are told in the unit they are spoken of', () => {
  const told = (gap: number) => describeRhythm(statsOf(Array.from({ length: 20 }, () => gap)))
  expect(told(4)).toContain('every 4.0 ms:')
  expect(told(45)).toContain('every 45 ms:')
  expect(told(300_000)).toContain('every 5.0 min:')
  expect(told(86_400_000)).toContain('every 24.0 h:')
})
