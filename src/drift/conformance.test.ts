import { describe, expect, it } from 'vitest'
import { SavedRandom } from '../stats/saved-random.ts'
import { driftKinds } from './index.ts'

/** Values about 0.2, and from `change` on about 0.9. */
function stream(seed: number, length: number, change: number): number[] {
  const random = new SavedRandom(seed)
  return Array.from({ length }, (_, i) => (random.next() < (i < change ? 0.2 : 0.9) ? 1 : 0))
}

describe.each(driftKinds.map((kind) => [kind.kind, kind] as const))('%s', (_, kind) => {
  it('finds a change, soon, and none before it', () => {
    const detector = kind.create()
    const found = stream(1, 4000, 2000).flatMap((value, i) => (detector.add(value) ? [i] : []))
    expect(found[0]).toBeGreaterThanOrEqual(2000)
    expect(found[0]).toBeLessThan(2300)
  })

  it('goes on from what it saved as if nothing had happened', () => {
    const values = stream(2, 6000, 3000)
    const whole = kind.create()
    const first = kind.create()
    const expected = values.map((value) => whole.add(value))
    for (let i = 0; i < 2990; i++) first.add(values[i])
    const second = kind.load(first.save())!
    expect(values.slice(2990).map((value) => second.add(value))).toEqual(expected.slice(2990))
    expect(second.save()).toEqual(whole.save())
  })

  it('ignores what is no finite number', () => {
    const plain = kind.create()
    const odd = kind.create()
    for (const value of stream(3, 500, 250)) {
      const found = plain.add(value)
      for (const none of [Number.NaN, Infinity, -Infinity]) expect(odd.add(none)).toBe(false)
      expect(odd.add(value)).toBe(found)
    }
    expect(odd.save()).toEqual(plain.save())
  })

  it('keeps the same few numbers however long it lives', () => {
    const detector = kind.create()
    const { length } = detector.save()
    for (const value of stream(4, 200_000, 200_000)) detector.add(value)
    expect(detector.save().length).toBe(length)
    expect(length).toBeLessThan(1000)
  })

  it('refuses numbers that are none of its own', () => {
    const saved = kind.create().save()
    expect(kind.load(saved.slice(1))).toBeUndefined()
    expect(kind.load(saved.map(() => Number.NaN))).toBeUndefined()
  })
})
