import { expect, it } from 'vitest'
import { sightingOf } from '../sighting.testing.ts'
import { ibhh } from './ibhh.ts'
import { rita } from './rita.ts'

const names = Array.from({ length: 60 }, (_, i) => `name-${100 + i}`)
const apart = (gapMs: number) => sightingOf(names, { times: names.map((_, i) => i * gapMs) })

it('rita counts names a day', () => {
  expect(rita.fit([])(apart(1000))).toBe(60)
  // An hour apart: 24 a day.
  expect(rita.fit([])(apart(3_600_000))).toBe(24)
})

it('ibhh counts octets of names in two minutes, so that a slow leak stays below it', () => {
  const score = ibhh.fit([])
  expect(score(apart(1000))).toBeCloseTo(60 * 8, -1.5)
  expect(score(apart(120_000))).toBeLessThan(10)
})
