import { describe, expect, it } from 'vitest'
import { START_MS } from '../batch/rows.testing.ts'
import { DETECTORS, decideDomain, decideListed, firedDetectors } from './decide-domain.ts'
import { emptyState, THRESHOLDS } from './detect.testing.ts'
import type { DomainState } from './domain-state.ts'
import { FlatTable, WORD } from './flat-table.ts'

interface Given {
  account?: [number, number, number, number]
  names?: number
  answers?: number
  down?: number
}

function decide(state: DomainState, { account = [0, 0, 0, 0], names = 0, answers = 0, down = 0 }: Given): DomainState {
  const table = new FlatTable(256)
  const at = table.insert(1, 1, START_MS)
  for (let i = 0; i < 4; i++) table.floats[at + WORD.account + i] = account[i]
  const tally = state.clients.of(1, 1, new Uint8Array(16), 0, 1)
  tally.sumNames = names
  tally.sumAnswers = answers
  state.decayedDown = down
  decideDomain(state, THRESHOLDS, table, at, tally, START_MS)
  return state
}

/** A state with four names and octets enough for every detector to speak, of no look-up form. */
function talker(): DomainState {
  const state = emptyState()
  state.novelNames = 4
  state.octets = 100
  state.queries = 5
  state.prefixOctets = 120
  return state
}

describe('decideDomain', () => {
  it.each<[string, Given]>([
    ['account', { account: [513, 513, 513, 513] }],
    ['account', { account: [0, 513, 600, 700] }],
    ['account', { account: [0, 0, 1025, 1100] }],
    ['account', { account: [0, 0, 0, 2049] }],
    ['downlink', { down: 1025 }],
    ['sequential-answers', { answers: 9.2 }],
    ['sequential-names', { names: 20.1 }],
  ])('alerts by %s alone past its line', (name, given) => {
    const { alert } = decide(talker(), given)
    expect(alert).toEqual({ timeMs: START_MS, queries: 5, octets: 100, prefixOctets: 120, detectors: [name] })
  })

  it('is quiet at every line', () => {
    const state = decide(talker(), { account: [512, 512, 1024, 2048], down: 1024, answers: 9, names: 20 })
    expect(state.alert).toBeUndefined()
    expect(firedDetectors(state.peaks)).toEqual([])
  })

  it('does not let the sequential test speak before 24 octets, nor the downlink before four names', () => {
    const state = talker()
    state.octets = 23
    state.novelNames = 3
    expect(decide(state, { answers: 50, names: 50, down: 9999 }).alert).toBeUndefined()
  })

  it('keeps the first mark, and later detectors raise the peaks', () => {
    const state = decide(talker(), { answers: 9.2 })
    state.queries = 50
    decide(state, { account: [5120, 0, 0, 0], answers: 1 })
    expect(state.alert?.queries).toBe(5)
    expect(firedDetectors(state.peaks)).toEqual(['account', 'sequential-answers'])
    expect(state.peaks).toMatchObject({ account: 10, accountOctets: 5120, accountScale: 0 })
  })

  it('names detectors in one order', () => {
    const state = decide(talker(), { account: [999, 0, 0, 0], down: 2000, answers: 10, names: 30 })
    expect(firedDetectors(state.peaks)).toEqual([...DETECTORS])
  })
})

/** Names of a look-up service, as judgeLookup wants them. */
function lookUp(state: DomainState, count: number): void {
  for (let i = 0; i < count; i++) {
    const n = state.novelNames++
    state.samples.keepPrefix(
      Buffer.from(`${(n * 37) % 256}.${(n * 91) % 256}.2.3`),
      `${(n * 37) % 256}.${(n * 91) % 256}.2.3`.length,
    )
    state.tallied++
    state.answered++
    state.smallAnswers++
    state.qtypes.set(1, state.tallied)
  }
}

describe('a look-up service', () => {
  it('stands, is judged again after eight names, and falls when it stops being one', () => {
    const state = emptyState()
    state.octets = 600
    lookUp(state, 40)
    decide(state, { account: [600, 600, 600, 600] })
    expect([state.lookup, state.alert]).toEqual(['address', undefined])
    // Its answers grow; nobody looks for seven names.
    lookUp(state, 7)
    state.smallAnswers = 20
    decide(state, { account: [600, 600, 600, 600] })
    expect(state.alert).toBeUndefined()
    lookUp(state, 1)
    decide(state, { account: [600, 600, 600, 600] })
    expect([state.lookup, state.alert?.detectors]).toEqual([undefined, ['account']])
  })

  it('falls past its budget', () => {
    const state = emptyState()
    state.octets = 600
    lookUp(state, 40)
    decide(state, { account: [600, 600, 600, 600] })
    lookUp(state, 8)
    decide(state, { account: [0, 0, 16_385, 0] })
    expect(state.alert?.detectors).toEqual(['account'])
  })
})

describe('decideListed', () => {
  const listed = (sum: number, change: (state: DomainState) => void = () => {}) => {
    const state = emptyState(1, 1, 'evil.example', Number.NaN)
    state.novelNames = 5
    state.octets = 100
    for (const [i, name] of ['x9f.kq2', 'kqz8', '7hq2k.p', 'zz91', 'q'].entries()) {
      state.samples.keepPrefix(Buffer.from(name.repeat(i + 1)), name.length * (i + 1))
    }
    change(state)
    decideListed(state, THRESHOLDS, sum)
    return state
  }

  it('alerts past the sum, without a time', () => {
    const { alert } = listed(9.1)
    expect(alert?.detectors).toEqual(['sequential-names'])
    expect(alert?.timeMs).toBeNaN()
  })

  it.each<[string, number, (state: DomainState) => void]>([
    ['at the line', 9, () => {}],
    ['of too few names', 50, (state) => (state.novelNames = 3)],
    ['of names that hold little, as a pool’s do', 50, (state) => (state.octets = 39)],
    ['of a look-up form', 50, (state) => lookUp(state, 48)],
  ])('is quiet %s', (_, sum, change) => expect(listed(sum, change).alert).toBeUndefined())
})
