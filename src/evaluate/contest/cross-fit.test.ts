import { expect, it } from 'vitest'
import type { Baseline } from './baselines/baseline.ts'
import { crossFit } from './cross-fit.ts'
import { benignSightings, tunnelSighting } from './sighting.testing.ts'

/** Scores a sighting by whether it stood among those it was fitted to. */
const memory = (learns: Baseline['learns'], seen: string[][] = []): Baseline => ({
  name: 'memory',
  learns,
  fit(training) {
    seen.push(training.map(({ domain }) => domain))
    return (sighting) => (training.some(({ domain }) => domain === sighting.domain) ? 1 : 0)
  },
})

const benign = benignSightings(12)
const tunnel = tunnelSighting(3)

it('scores no tuning domain by a fit that has seen it, and judges by one that has seen all', () => {
  const { score, tuning } = crossFit(memory('benign'), [...benign, tunnel], benign)
  expect(tuning).toEqual(benign.map(() => 0))
  expect(benign.map(score)).toEqual(benign.map(() => 1))
})

it('hands over what the contestant says it learns, and nothing else', () => {
  const fits = (learns: Baseline['learns']) => {
    const seen: string[][] = []
    crossFit(memory(learns, seen), [...benign, tunnel], benign)
    return seen
  }
  expect(fits('nothing')).toEqual([[]])
  expect(fits('benign').flat()).not.toContain(tunnel.domain)
  expect(fits('tunnels').every((domains) => domains.includes(tunnel.domain))).toBe(true)
})
