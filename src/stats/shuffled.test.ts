import { describe, expect, it } from 'vitest'
import { shuffled } from './shuffled.ts'

describe('shuffled', () => {
  it('holds every number once, in the order of its seed', () => {
    expect([...shuffled(1000, 7)].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i))
    expect(shuffled(1000, 7)).toEqual(shuffled(1000, 7))
    expect(shuffled(1000, 8)).not.toEqual(shuffled(1000, 7))
    expect([...shuffled(4, 1)]).toEqual([3, 1, 0, 2])
    expect([...shuffled(0, 1), ...shuffled(1, 1)]).toEqual([0])
  })

  it('has every order alike', () => {
    const counts = new Map<string, number>()
    for (let seed = 0; seed < 6000; seed++) {
      const order = shuffled(3, seed).join('')
      counts.set(order, (counts.get(order) ?? 0) + 1)
    }
    // 1,000 expected of each of six; five deviations are 144.
    expect(counts.size).toBe(6)
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(144)
  })
})
