import { describe, expect, it } from 'vitest'
import { createRandom, randomInteger } from '../stats/random.ts'
import { NAME_CLASS } from './canonical-batch.ts'
import { emptyState, THRESHOLDS } from './detect.testing.ts'
import { DomainState } from './domain-state.ts'
import { judgeLookup } from './lookup-service.ts'

/** A state that stands as a look-up service by 40 hexadecimal digits a name; `change` takes something away. */
function service(change: (state: DomainState) => void = () => {}, make: (i: number) => string = hex): DomainState {
  const state = emptyState()
  state.novelNames = 20
  state.octets = 20 * 21
  state.tallied = 100
  state.answered = 90
  state.smallAnswers = 90
  state.qtypes.set(1, 95).set(28, 5)
  for (let i = 0; i < 20; i++) keep(state, make(i))
  const tally = state.clients.of(1, 1, new Uint8Array(16), 0, 1)
  tally.queries = 100
  tally.totalNow = 1000
  change(state)
  return state
}

const random = createRandom(1)
const draw = (length: number) => Array.from({ length }, () => '0123456789abcdef'[randomInteger(random, 16)]).join('')
const hex = () => draw(40)
const octet = () => randomInteger(random, 256)

function keep(state: DomainState, prefix: string): void {
  state.samples.keepPrefix(Buffer.from(prefix), prefix.length)
}

const judge = (state: DomainState, octetsDay = 400) => judgeLookup(state, octetsDay, THRESHOLDS)

describe('judgeLookup', () => {
  it('lets a fixed form stand', () => expect(judge(service())).toBe('fixed'))

  it.each<[string, (state: DomainState) => void]>([
    ['it has fewer than three names', (state) => (state.novelNames = 2)],
    ['its queries are of several types', (state) => state.qtypes.set(1, 84).set(16, 11)],
    ['half of it is not answered', (state) => (state.answered = 49)],
    ['its answers are large', (state) => (state.smallAnswers = 80)],
    ['its names say too much', (state) => (state.octets = 20 * 80.5)],
    ['it is most of what its client asks', (state) => (state.clients.list[0].totalNow = 300)],
    ['its clients are not known', (state) => (state.clients.list[0].totalNow = 1)],
    ['it took too much down', (state) => (state.decayedDown = 17_000)],
  ])('not where %s', (_, change) => expect(judge(service(change))).toBeUndefined())

  it('asks A and AAAA as one: a dual-stack client makes no second type', () => {
    expect(judge(service((state) => state.qtypes.set(1, 50).set(28, 50)))).toBe('fixed')
  })

  it('not where it goes on for days past the week’s budget and never comes back', () => {
    const slow = (change: Partial<DomainState>) =>
      judge(
        service((state) =>
          Object.assign(state, { lastMs: state.firstMs + 2 * 86_400_000, queries: 21, weekOctets: 1e6, ...change }),
        ),
      )
    expect(slow({})).toBeUndefined()
    expect(slow({ queries: 40 })).toBe('fixed')
    expect(slow({ weekOctets: 0 })).toBe('fixed')
  })

  it('not past its budget', () => expect(judge(service(), 16_385)).toBeUndefined())

  it('lets addresses stand whatever their share, but not past the budget', () => {
    const list = service(
      (state) => (state.clients.list[0].totalNow = 101),
      () => `${octet()}.${octet()}.${octet()}.${octet()}`,
    )
    expect(judge(list)).toBe('address')
    expect(judge(list, 16_385)).toBeUndefined()
  })

  it('lets reverse look-ups stand to the budget', () => {
    const state = new DomainState(1, 1, new Uint8Array(0), NAME_CLASS.reverse, 0, 0)
    expect([judge(state), judge(state, 20_000)]).toEqual(['reverse', undefined])
  })

  it('knows a search suffix by names of others that do not exist', () => {
    const other = (i: number) => `www${i}.site${i * i}.co${'m'.repeat(i % 3)}`
    const suffix = service((state) => {
      state.suffixShaped = 19
      state.nameErrors = 85
    }, other)
    expect(judge(suffix)).toBe('search-suffix')
    suffix.nameErrors = 60
    expect(judge(suffix)).toBeUndefined()
    suffix.nameErrors = 90
    suffix.suffixShaped = 15
    expect(judge(suffix)).toBeUndefined()
  })
})
