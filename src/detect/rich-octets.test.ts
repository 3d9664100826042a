import { describe, expect, it } from 'vitest'
import { createRandom, randomInteger } from '../stats/random.ts'
import { emptyState } from './detect.testing.ts'
import type { DomainState } from './domain-state.ts'
import { RichOctets } from './rich-octets.ts'
import { RichStore } from './rich-store.ts'

const measured = (rich: RichStore) => [...rich.values()].reduce((sum, state) => sum + state.sizeBytes, 0)

function grow(state: DomainState, random: () => number): void {
  state.names.add(randomInteger(random, 1e6), 1)
  if (random() < 0.2) state.adaptive.code(Buffer.from(`n${randomInteger(random, 1e6)}`), 0, 4)
}

describe('RichOctets', () => {
  it('is the sum of all domains, whoever came, grew and went', () => {
    const random = createRandom(5)
    const rich = new RichStore(1000)
    const octets = new RichOctets()
    for (let step = 0; step < 3000; step++) {
      const states = [...rich.values()]
      const one = states[randomInteger(random, Math.max(1, states.length))]
      if (one === undefined || random() < 0.1) {
        const state = emptyState(step + 1, 1)
        rich.add(state)
        octets.touch(state)
      } else if (random() < 0.05) {
        rich.delete(one)
        octets.forget(one)
      } else {
        octets.touch(one)
        grow(one, random)
      }
      if (step % 7 === 0) expect(octets.of(rich)).toBe(measured(rich))
    }
  })

  it('measures as a whole a store it never saw, and one whose domains may have shrunk', () => {
    const octets = new RichOctets()
    const rich = new RichStore(10)
    const state = emptyState(1, 1)
    for (let i = 0; i < 100; i++) grow(state, createRandom(i))
    rich.add(state)
    expect(octets.of(rich)).toBe(measured(rich))
    state.forgetSpelling()
    octets.forgetAll()
    expect(octets.of(rich)).toBe(measured(rich))
    expect(octets.of(new RichStore(10))).toBe(0)
  })
})
