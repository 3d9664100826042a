import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NAME_CLASS } from '../../detect/canonical-batch.ts'
import { DomainState } from '../../detect/domain-state.ts'
import { loadDetectionModel } from '../../detect/load-detection-model.ts'
import { judgeLookup } from '../../detect/lookup-service.ts'
import { lookupAccount } from './lookup-account.ts'

const { thresholds } = loadDetectionModel()

/** Prefixes of a block list, of hash look-ups, of hosts, and of a tunnel with a header. */
const PREFIXES = [
  ['4.3.2.1', '8.7.6.5', '9.9.9.9', '1.2.3.4'],
  ['a3f81c9e0b', '77b0c2d4e1', '0c9d8e7f6a', 'f1e2d3c4b5'],
  ['www', 'mail', 'ftp-server', 'x'],
  ['sess01aabbccdd11', 'sess01ee55ff6677', 'sess01d1c2b3a495', 'sess0199887766aa'],
]

interface Facts {
  prefixes: number
  nameClass: number
  octetsDay: number
  down: number
  novel: number
  types: readonly number[]
  answered: number
  small: number
  errors: number
  suffixes: number
  octetsAName: number
  own: number
  total: number
}

function stateOf(facts: Facts): DomainState {
  const state = new DomainState(1, 1, Buffer.from('\x04list\x07example'), facts.nameClass, 0, 0)
  state.novelNames = facts.novel
  state.octets = facts.novel * facts.octetsAName
  state.decayedDown = facts.down
  facts.types.forEach((count, i) => {
    state.qtypes.set(i + 1, count)
    state.tallied += count
  })
  state.answered = Math.round(state.tallied * facts.answered)
  state.smallAnswers = Math.round(state.answered * facts.small)
  state.nameErrors = Math.round(state.answered * facts.errors)
  state.suffixShaped = Math.round(facts.novel * facts.suffixes)
  for (const prefix of PREFIXES[facts.prefixes].slice(0, facts.novel)) {
    state.samples.keepPrefix(Buffer.from(prefix), prefix.length)
  }
  if (facts.total > 0) {
    const tally = state.clients.of(1, 0, new Uint8Array(16), 0, 1)
    tally.queries = Math.min(facts.own, facts.total)
    tally.totalNow = facts.total
  }
  return state
}

/** Mostly on the edge of what a look-up service may be, so that each reason is met alone. */
const share = fc.constantFrom(1, 1, 1, 0.95, 0.5, 0)
const facts = fc.record({
  prefixes: fc.constantFrom(0, 1, 1, 2, 3),
  nameClass: fc.constantFrom(NAME_CLASS.ordinary, NAME_CLASS.ordinary, NAME_CLASS.invented, NAME_CLASS.reverse),
  octetsDay: fc.constantFrom(600, 600, thresholds.lookupOctets + 1),
  down: fc.constantFrom(0, 0, thresholds.lookupOctets + 1),
  novel: fc.constantFrom(2, 4, 4),
  types: fc.constantFrom([10], [10], [95, 5], [5, 5]),
  answered: share,
  small: share,
  errors: share,
  suffixes: share,
  octetsAName: fc.constantFrom(20, 20, 80),
  own: fc.constantFrom(5, 5, 50),
  total: fc.constantFrom(100, 100, 50, 0),
})

describe('the account of the look-up judgement', () => {
  it('has something against a domain exactly where the judgement does not hold it', () => {
    let held = 0
    fc.assert(
      fc.property(facts, (each) => {
        const state = stateOf(each)
        const judged = judgeLookup(state, each.octetsDay, thresholds)
        const { against } = lookupAccount(state, each.octetsDay, thresholds)
        expect(against.length === 0, `${judged}: ${against.join('; ')}`).toBe(judged !== undefined)
        if (judged !== undefined) held++
      }),
      { numRuns: 5000, seed: 1 },
    )
    expect(held).toBeGreaterThan(100)
  })

  it('says what speaks against a domain in sentences with figures', () => {
    const state = stateOf({
      ...{ prefixes: 3, nameClass: NAME_CLASS.ordinary, octetsDay: 20_000, down: 0, novel: 4, types: [5, 5] },
      ...{ answered: 0.2, small: 1, errors: 0, suffixes: 0, octetsAName: 90, own: 90, total: 100 },
    })
    expect(lookupAccount(state, 20_000, thresholds)).toEqual({
      heldAs: null,
      form: null,
      clientShare: 90 / 108,
      clientShareLimit: 0.25,
      against: [
        '20,000 octets up within 24 hours are past the budget of 16,384',
        'its queries are of several types: the commonest is 50 % of them, where look-ups have one for 90 %',
        'only 20 % of its queries were answered',
        'a new name holds 90 octets of information, more than the 80 of the longest keys',
        'its names have no look-up form: they are not cut alike, or hold a header, a counter or text',
        'it is 83 % of what its clients asked for, where look-ups follow other traffic and stay below 25 %',
      ],
    })
  })
})
