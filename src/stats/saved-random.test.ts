import { describe, expect, it } from 'vitest'
import { createRandom } from './random.ts'
import { SavedRandom } from './saved-random.ts'

describe('SavedRandom', () => {
  it('draws what createRandom draws, and goes on from its state', () => {
    const random = createRandom(7)
    const saved = new SavedRandom(7)
    for (let i = 0; i < 100; i++) expect(saved.next()).toBe(random())
    const again = new SavedRandom(saved.state)
    expect(again.next()).toBe(random())
  })

  it('draws Poisson counts with their mean and variance', () => {
    const random = new SavedRandom(1)
    const draws = Array.from({ length: 20_000 }, () => random.poisson(6))
    const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length
    const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / draws.length
    expect(mean).toBeCloseTo(6, 1)
    expect(Math.abs(variance - 6)).toBeLessThan(0.2)
  })
})
