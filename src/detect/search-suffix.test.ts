import { describe, expect, it } from 'vitest'
import { SearchSuffixes } from './search-suffix.ts'

function learn(suffixes: SearchSuffixes, lo: number, domains = 5): void {
  for (let inner = 1; inner <= domains; inner++) suffixes.observe(lo, 1, inner)
}

describe('SearchSuffixes', () => {
  it('takes five different domains to learn one', () => {
    const suffixes = new SearchSuffixes()
    learn(suffixes, 7, 4)
    for (let i = 0; i < 20; i++) suffixes.observe(7, 1, 4)
    expect(suffixes.has(7, 1)).toBe(false)
    suffixes.observe(7, 1, 5)
    expect([suffixes.has(7, 1), suffixes.has(7, 2), suffixes.has(8, 1)]).toEqual([true, false, false])
  })

  it('watches 256 candidates, the oldest forgotten', () => {
    const suffixes = new SearchSuffixes()
    learn(suffixes, 1, 4)
    for (let lo = 2; lo <= 257; lo++) suffixes.observe(lo, 1, 1)
    suffixes.observe(1, 1, 5)
    expect(suffixes.has(1, 1)).toBe(false)
  })

  it('knows 256 at once, so that a flood of them fills no memory, and learns a forgotten one again', () => {
    const suffixes = new SearchSuffixes()
    for (let lo = 1; lo <= 1000; lo++) learn(suffixes, lo)
    const known = Array.from({ length: 1000 }, (_, i) => suffixes.has(i + 1, 1)).filter(Boolean)
    expect([known.length, suffixes.has(1, 1), suffixes.has(1000, 1)]).toEqual([256, false, true])
    learn(suffixes, 1)
    expect(suffixes.has(1, 1)).toBe(true)
  })
})
