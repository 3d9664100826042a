import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { benignSightings, sightingOf, tunnelSighting } from '../sighting.testing.ts'
import { baselines } from './index.ts'

const benign = benignSightings(60)
const tunnel = tunnelSighting(120)
const judged = [...benign, tunnel]
/** Odd, and all possible: one octet, no times, every octet there is, more names than anybody reads one by one. */
const ODD = [
  sightingOf(['a']),
  sightingOf(['a', 'a', 'b'], { times: [Number.NaN, Number.NaN, Number.NaN] }),
  sightingOf([Buffer.from(Array.from({ length: 200 }, (_, i) => i + 40)).toString('latin1')]),
  sightingOf(Array.from({ length: 3000 }, (_, i) => `n${i}`)),
  sightingOf(['..', '.'], { domain: '' }),
]

describe.each(baselines.map((baseline) => [baseline.name, baseline] as const))('%s', (name, baseline) => {
  const training = baseline.learns === 'tunnels' ? judged : baseline.learns === 'benign' ? benign : []

  it('stands in a file of its name and says where it is from', () => {
    const file = new URL(`./${name}.ts`, import.meta.url)
    expect(existsSync(file), `no file ${name}.ts`).toBe(true)
    expect(readFileSync(file, 'utf8')).toMatch(/^ \* Source: \S/m)
  })

  it('gives every sighting a number, or NaN', () => {
    const score = baseline.fit(training)
    for (const sighting of [...judged, ...ODD]) {
      const value = score(sighting)
      expect(Number.isFinite(value) || Number.isNaN(value), `${value}`).toBe(true)
    }
  })

  it('gives the same each time, whatever it scored before, and leaves its input as it was', () => {
    const before = structuredClone(judged)
    const [one, other] = [baseline.fit(training), baseline.fit(training)]
    const first = judged.map(one)
    expect(judged.toReversed().map(other)).toEqual(first.toReversed())
    expect(judged).toEqual(before)
  })

  it.skipIf(baseline.learns !== 'nothing')('learns nothing, as it says', () => {
    expect(judged.map(baseline.fit(judged))).toEqual(judged.map(baseline.fit([])))
  })

  it.skipIf(name === 'majority')('ranks a busy tunnel above three hosts of four', () => {
    const score = baseline.fit(training)
    const below = benign.filter((host) => !(score(host) >= score(tunnel)))
    expect(below.length).toBeGreaterThanOrEqual(0.75 * benign.length)
  })
})

it('have names of their own', () => {
  expect(new Set(baselines.map(({ name }) => name)).size).toBe(baselines.length)
})
