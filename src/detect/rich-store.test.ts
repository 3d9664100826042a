import { describe, expect, it } from 'vitest'
import { emptyState } from './detect.testing.ts'
import type { DomainState } from './domain-state.ts'
import { RichStore } from './rich-store.ts'

function rich(lo: number, octets: number, hi = 1): DomainState {
  const state = emptyState(lo, hi)
  state.octets = octets
  state.lastMs = lo
  return state
}

/** A full store of `count` domains with 1, 2, 3 ... octets. */
function full(count: number): RichStore {
  const store = new RichStore(count)
  for (let i = 1; i <= count; i++) store.add(rich(i, i))
  return store
}

const ids = (store: RichStore) => [...store.values()].map((state) => state.lo)
const nobody = (state: DomainState) => expect.fail(`${state.lo} had to go`)

describe('RichStore', () => {
  it('finds by both halves of the hash', () => {
    const store = new RichStore(4)
    const [a, b] = [rich(7, 1, 1), rich(7, 1, 2)]
    store.add(a)
    store.add(b)
    expect([store.get(7, 1), store.get(7, 2), store.get(7, 3), store.get(8, 1)]).toEqual([a, b, undefined, undefined])
    store.delete(a)
    expect([store.get(7, 1), store.get(7, 2), store.size]).toEqual([undefined, b, 1])
  })

  it('lets everybody in while there is room', () => expect(new RichStore(1).admit(0, nobody)).toBe(true))

  it('makes room by the poorest sixteenth, and asks their price from then on', () => {
    const store = full(64)
    const gone: number[] = []
    expect(store.admit(10, (state) => gone.push(state.lo))).toBe(true)
    expect(gone).toEqual([1, 2, 3, 4])
    expect([store.size, store.demoted]).toEqual([60, 4])
    expect(store.admit(4, nobody)).toBe(false)
    expect(store.admit(4.5, nobody)).toBe(true)
  })

  it('turns away whoever is poorer than all that are in', () => {
    expect(full(64).admit(0.5, nobody)).toBe(false)
    expect(full(64).admit(0, nobody)).toBe(false)
  })

  it('only takes the place of poorer ones', () => {
    const gone: number[] = []
    expect(full(64).admit(2.5, (state) => gone.push(state.lo))).toBe(true)
    expect(gone).toEqual([1, 2])
  })

  it('never lets alerts and look-up services go', () => {
    const store = full(16)
    for (const state of store.values()) {
      if (state.lo % 2 === 0) state.alert = { timeMs: 0, queries: 1, octets: 1, prefixOctets: 1, detectors: [] }
      else state.lookup = 'fixed'
    }
    expect(store.admit(1000, nobody)).toBe(false)
    expect(store.trim(1, nobody)).toBe(false)
    expect(store.size).toBe(16)
  })

  it('does not depend on the order they came in', () => {
    const demoted = (order: readonly number[]) => {
      const store = new RichStore(order.length)
      for (const lo of order) store.add(rich(lo, lo % 5))
      const gone: number[] = []
      store.admit(100, (state) => gone.push(state.lo))
      store.trim(40_000, (state) => gone.push(state.lo))
      return [gone, ids(store).sort((a, b) => a - b)]
    }
    const order = Array.from({ length: 32 }, (_, i) => i + 1)
    expect(demoted(order.toReversed())).toEqual(demoted(order))
  })
})

describe('RichStore.trim', () => {
  /** A domain that has learned a lot of names. */
  function learned(lo: number, octets: number): DomainState {
    const state = rich(lo, octets)
    for (let i = 0; i < 200; i++) state.names.add(i + 1, lo)
    for (let i = 0; i < 50; i++) state.adaptive.code(Buffer.from(`${i * 7919}host${i}`), 0, 6)
    return state
  }

  it('does nothing within the line', () => {
    const store = new RichStore(100)
    store.add(learned(1, 1))
    expect(store.trim(1e6, nobody)).toBe(true)
    expect(store.get(1, 1)!.adaptive.isNew).toBe(false)
  })

  it('makes those idle longest forget their spelling first, never their names', () => {
    const store = new RichStore(100)
    for (let lo = 1; lo <= 20; lo++) store.add(learned(lo, 100 - lo))
    const each = store.get(1, 1)!.sizeBytes
    store.trim(each * 19, nobody)
    const forgot = [...store.values()].filter((state) => state.adaptive.isNew).map((state) => state.lo)
    expect(forgot.length).toBeGreaterThan(0)
    expect(forgot.length).toBeLessThan(20)
    expect(forgot).toEqual(Array.from({ length: forgot.length }, (_, i) => i + 1))
    for (const state of store.values()) expect(state.names.has(200, state.lo)).toBe(true)
  })

  it('lets the poorest go where that is not enough, and asks their price', () => {
    const store = new RichStore(100)
    for (let lo = 1; lo <= 20; lo++) store.add(rich(lo, 100 + lo))
    const gone: number[] = []
    const each = store.get(1, 1)!.sizeBytes
    store.trim(each * 10, (state) => gone.push(state.lo))
    expect(gone).toEqual(Array.from({ length: 13 }, (_, i) => i + 1))
    expect([store.size, store.admit(113, nobody), store.admit(114, nobody)]).toEqual([7, false, true])
  })
})
