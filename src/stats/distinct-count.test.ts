import { describe, expect, it } from 'vitest'
import { DistinctCount } from './distinct-count.ts'
import { hashed, hashOctets } from './hash.ts'

/** Hashes of `n` numbers, each twice, through the hash that names go through. */
function countOf(n: number, seed: number): number {
  const count = new DistinctCount()
  const bytes = Buffer.alloc(8)
  for (let time = 0; time < 2; time++) {
    for (let i = 0; i < n; i++) {
      bytes.writeUInt32LE(i)
      hashOctets(bytes, 0, 8, seed, false)
      count.add(hashed.lo, hashed.hi)
    }
  }
  return count.value
}

describe('DistinctCount', () => {
  it.each([0, 1, 37, 1000, 4096])('is exact for %i keys', (n) => expect(countOf(n, 0)).toBe(n))

  it.each([4097, 10_000, 40_000, 80_000, 300_000])('is within 2 %% of %i keys', (n) => {
    for (const seed of [0, 1, 2]) expect(Math.abs(countOf(n, seed) / n - 1)).toBeLessThan(0.02)
  })

  it('counts the key of zeros once', () => {
    const count = new DistinctCount()
    count.add(0, 0)
    count.add(0, 0)
    expect(count.value).toBe(1)
  })

  it('does not depend on order', () => {
    const keys = Array.from({ length: 20_000 }, (_, i) => [
      Math.imul(i, 0x9e3779b1) >>> 0,
      Math.imul(i, 0x85ebca6b) >>> 0,
    ])
    const [forth, back] = [new DistinctCount(), new DistinctCount()]
    for (const [lo, hi] of keys) forth.add(lo, hi)
    for (const [lo, hi] of keys.reverse()) back.add(lo, hi)
    expect(back.value).toBe(forth.value)
  })
})
