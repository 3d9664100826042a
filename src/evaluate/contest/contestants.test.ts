import { describe, expect, it } from 'vitest'
import { quantile } from '../../stats/quantile.ts'
import { windowContestant, windowForest } from './contestants.ts'
import { benignSightings, tunnelSighting } from './sighting.testing.ts'

const benign = benignSightings(40)
const tunnel = tunnelSighting(90)

describe('the window model', () => {
  it('is trained on every window, tunnels by the name of their tool', () => {
    const tools: (string | undefined)[] = []
    const contestant = windowContestant((windows) => {
      tools.push(...windows.map(({ tool }) => tool))
      return { scoreOne: (row) => row[0] }
    })
    const score = contestant.fit([...benign, tunnel])
    expect(tools).toEqual([...benign.map(() => undefined), 'iodine'])
    expect(score(tunnel)).toBe(tunnel.window[0])
  })
})

describe('the isolation forest of windows', () => {
  it('sets apart what no benign domain did', () => {
    const score = windowForest.fit(benign)
    expect(score(tunnel)).toBeGreaterThan(quantile(benign.map(score), 0.5))
  })
})
