import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HashSet } from './hash-set.ts'

const word = fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 0xffffffff }))

describe('HashSet', () => {
  it('says what a JavaScript Set says', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(word, word), { maxLength: 300 }), fc.tuple(word, word), (keys, [lo, hi]) => {
        const set = new HashSet(1024)
        const model = new Set<string>()
        const name = (a: number, b: number) => `${a},${a === 0 && b === 0 ? 1 : b}`
        for (const [a, b] of keys) {
          expect(set.has(a, b)).toBe(model.has(name(a, b)))
          expect(set.add(a, b)).toBe(!model.has(name(a, b)))
          model.add(name(a, b))
          expect(set.size).toBe(model.size)
        }
        expect(set.has(lo, hi)).toBe(model.has(name(lo, hi)))
      }),
    )
  })

  it('finds a thousand keys of one bucket', () => {
    const set = new HashSet(2048)
    for (let hi = 1; hi <= 1000; hi++) expect(set.add(64, hi)).toBe(true)
    for (let hi = 1; hi <= 1000; hi++) expect(set.has(64, hi)).toBe(true)
    expect(set.has(64, 1001)).toBe(false)
  })

  it('starts anew past its cap, so that a name may seem new and never known', () => {
    const set = new HashSet(64)
    for (let i = 1; i <= 64; i++) set.add(i, i)
    expect(set.isFull).toBe(true)
    expect(set.add(1, 1)).toBe(false)
    expect(set.add(65, 65)).toBe(true)
    expect([set.size, set.has(65, 65), set.has(1, 1)]).toEqual([1, true, false])
    expect(set.sizeBytes).toBeLessThanOrEqual(128 * 8)
  })

  it('holds no array of its own while it is empty', () => {
    expect(new HashSet(64).sizeBytes).toBe(8)
    expect(new HashSet(64).has(1, 1)).toBe(false)
    expect(new HashSet(64).has(0, 0)).toBe(false)
  })

  it('does not share what empty sets share', () => {
    const [a, b] = [new HashSet(64), new HashSet(64)]
    a.add(1, 2)
    expect(b.has(1, 2)).toBe(false)
  })

  it('knows a table no scan could have left, in which a look-up would never end', () => {
    const set = new HashSet(64)
    expect(set.isSound).toBe(true)
    for (let i = 1; i < 40; i++) set.add(i, i)
    expect(set.isSound).toBe(true)
    for (const broken of [
      { keys: new Uint32Array(128).fill(7) },
      { keys: new Uint32Array(6) },
      { keys: new Uint32Array(0) },
      { size: 1 },
    ]) {
      const copy: object = Object.assign(Object.create(HashSet.prototype), set, broken)
      expect(copy).toHaveProperty('isSound', false)
    }
  })
})
