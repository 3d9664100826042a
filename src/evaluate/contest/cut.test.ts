import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lineFor, passes } from './cut.ts'
import { rowOf, sightingOf } from './sighting.testing.ts'
import { UNREGISTERED } from './sighting.ts'

const domain = (name: string, file = 'a.pcap') => sightingOf(['www'], { domain: name, row: rowOf({ file }) })

describe('a line', () => {
  it('leaves as many false domains as it may', () => {
    const sightings = ['a.test', 'b.test', 'c.test'].map((name) => domain(name))
    expect(lineFor(sightings, [3, 9, 5], 0)).toBe(9)
    expect(lineFor(sightings, [3, 9, 5], 1)).toBe(5)
    expect(lineFor(sightings, [3, 9, 5], 2)).toBe(3)
  })

  it('counts a domain once, with its highest score, whatever files it is in', () => {
    const sightings = [domain('a.test', '1'), domain('a.test', '2'), domain('b.test', '1')]
    expect(lineFor(sightings, [9, 8, 5], 1)).toBe(5)
  })

  it('counts names that nobody registered once a file', () => {
    const sightings = [domain(UNREGISTERED, '1'), domain(UNREGISTERED, '2'), domain('b.test')]
    expect(lineFor(sightings, [9, 8, 5], 1)).toBe(8)
  })

  it('is passed by more, never by as much: equal scores stand or fall together', () => {
    const sightings = ['a.test', 'b.test', 'c.test'].map((name) => domain(name))
    const line = lineFor(sightings, [7, 7, 7], 1)
    expect(line).toBe(7)
    expect(passes(7, line)).toBe(false)
    expect(passes(7.1, line)).toBe(true)
  })

  it('is neither set nor passed by NaN, and is not there for who scores too few', () => {
    const sightings = ['a.test', 'b.test'].map((name) => domain(name))
    expect(lineFor(sightings, [Number.NaN, 2], 0)).toBe(2)
    expect(lineFor(sightings, [Number.NaN, 2], 1)).toBe(-Infinity)
    expect(passes(Number.NaN, -Infinity)).toBe(false)
    expect(passes(0, -Infinity)).toBe(true)
  })

  it('is never passed by more tuning domains than allowed', () => {
    const scored = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.integer({ min: 0, max: 5 })))
    fc.assert(
      fc.property(scored, fc.nat(3), (rows, allowed) => {
        const sightings = rows.map(([name]) => domain(`${name}.test`))
        const scores = rows.map(([, score]) => score)
        const line = lineFor(sightings, scores, allowed)
        const past = sightings.filter((_, i) => passes(scores[i], line)).map((sighting) => sighting.domain)
        const all = new Set(sightings.map((sighting) => sighting.domain)).size
        expect(new Set(past).size).toBeLessThanOrEqual(line === -Infinity ? all : allowed)
        if (line === -Infinity) expect(all).toBeLessThanOrEqual(allowed)
      }),
    )
  })
})
