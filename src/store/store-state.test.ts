import { describe, expect, it } from 'vitest'
import type { Incident } from '../detect/incident.ts'
import { anIncident } from '../sinks/incident.testing.ts'
import type { SuppressionRecord } from './records.ts'
import { parseSearch } from './search.ts'
import { StoreState } from './store-state.ts'

const DAY_MS = 86_400_000

function incident(other: Partial<Incident> = {}, revision = 1, atMs = 1000) {
  return { kind: 'incident' as const, atMs, incident: anIncident(other), revision, demo: false, burnIn: false }
}

function suppression(other: Partial<SuppressionRecord> = {}) {
  return {
    ...{ id: 's', domain: 'evil.example', client: null, octetsADay: 100_000, reason: 'ours', owner: 'anna' },
    ...{ createdMs: 0, expiresMs: DAY_MS, ...other },
  }
}

function stateWith(...entries: Parameters<StoreState['apply']>[0][]) {
  const state = new StoreState()
  for (const entry of entries) state.apply(entry)
  return state
}

const standing = (state: StoreState, nowMs = 2000) => {
  const [record] = state.incidents.values()
  return state.stand(record, nowMs)
}
const suppress = (other: Partial<SuppressionRecord> = {}, atMs = 500) => ({
  ...{ kind: 'suppress' as const, atMs, by: 'anna', suppression: suppression(other) },
})

describe('a suppression', () => {
  it('withholds what came before it too, counts what it withholds, and ends', () => {
    const state = stateWith(incident(), suppress({}, 1500))
    expect(standing(state)).toMatchObject({ standing: 'withheld', suppression: 's' })
    expect(state.suppressions.get('s')).toMatchObject({ hits: 0 })
    state.apply(incident({}, 2, 1600))
    expect(state.suppressions.get('s')).toMatchObject({ hits: 1, lastHitMs: 1600 })
    expect(standing(state, DAY_MS)).toMatchObject({ standing: 'open' })
    state.apply({ kind: 'lift', atMs: 1700, by: 'bert', suppression: 's' })
    expect(standing(state)).toMatchObject({ standing: 'open' })
    expect(state.audit.map(({ who, action }) => `${who} ${action}`)).toEqual(['anna suppress', 'bert lift suppression'])
  })

  it('raises a budget and blinds nobody: what passes it stands as an alert, and says so', () => {
    const state = stateWith(suppress({ octetsADay: 48_000 }), incident({ bytesOut: 48_210 }))
    expect(standing(state)).toEqual({ standing: 'open', suppression: 's', pastBudget: true })
  })

  it('gives a budget a day, of each day that it lasted', () => {
    const lasting = { bytesOut: 90_000, firstSeen: '2026-02-01T00:00:00.000Z', lastSeen: '2026-02-03T00:00:00.000Z' }
    expect(standing(stateWith(suppress({ octetsADay: 46_000 }), incident(lasting)))).toMatchObject({
      standing: 'withheld',
    })
    expect(standing(stateWith(suppress({ octetsADay: 44_000 }), incident(lasting)))).toMatchObject({ standing: 'open' })
  })

  it.each([
    ['below it', { registeredDomain: 'a.evil.example' }, {}, 'withheld'],
    ['a name that only ends alike', { registeredDomain: 'notevil.example' }, {}, 'open'],
    ['one of its domains outside', { relatedDomains: ['other.example'] }, {}, 'open'],
    ['the client inside', {}, { client: '10.0.0.0/24' }, 'withheld'],
    ['one client outside', { clients: ['10.0.0.5', '10.0.1.5'], clientCount: 2 }, { client: '10.0.0.0/24' }, 'open'],
    ['clients that are not listed', { clientCount: 200 }, { client: '10.0.0.0/24' }, 'open'],
    ['no client known', { clients: [], clientCount: 0 }, { client: '10.0.0.0/24' }, 'open'],
    ['a client alone', {}, { domain: null, client: '10.0.0.5' }, 'withheld'],
    ['an address of version 6', { clients: ['2001:db8::5'] }, { domain: null, client: '2001:db8::/32' }, 'withheld'],
  ])('%s', (_, of, wish, expected) => {
    expect(standing(stateWith(suppress(wish), incident(of))).standing).toBe(expected)
  })
})

describe('a verdict', () => {
  const verdict = (word: 'benign' | 'malicious', octets: number) => ({
    ...{ kind: 'verdict' as const, incident: anIncident().id, verdict: word, by: 'anna', note: '', atMs: 1500, octets },
  })

  it('of benign holds until twice as much has left', () => {
    const state = stateWith(incident({ bytesOut: 1000 }), verdict('benign', 1000))
    expect(standing(state).standing).toBe('benign')
    state.apply(incident({ bytesOut: 2000 }, 2))
    expect(standing(state).standing).toBe('benign')
    state.apply(incident({ bytesOut: 2001 }, 3))
    expect(standing(state)).toMatchObject({ standing: 'open', pastBudget: true })
  })

  it('of malicious is not taken back by a suppression', () => {
    const state = stateWith(incident(), suppress(), verdict('malicious', 1000))
    expect(standing(state).standing).toBe('malicious')
  })
})

describe('the state', () => {
  it('keeps the newest revision, whatever order they come in, and is the same from its snapshot', () => {
    const state = stateWith(
      incident({ queries: 5 }, 2),
      incident({ queries: 3 }, 1),
      incident({ queries: 5 }, 2),
      suppress(),
    )
    expect([...state.incidents.values()].map(({ revision }) => revision)).toEqual([2])
    state.apply({ kind: 'start', atMs: 7 })
    const copy = new StoreState()
    copy.restore(JSON.parse(JSON.stringify(state.snapshot())))
    expect(copy.snapshot()).toEqual(state.snapshot())
    expect(() => new StoreState().restore({ format: 2 })).toThrow('another version')
  })

  it('forgets the samples when they are over, and nothing else', () => {
    const state = stateWith({ ...incident({ id: 'fedcba9876543210' }), demo: true }, incident())
    state.apply({ kind: 'end-demo', atMs: 9 })
    expect([...state.incidents.keys()]).toEqual([anIncident().id])
  })

  it('forgets what is older than the retention, and verdicts with their incidents', () => {
    const state = stateWith(incident({}, 1, 1000), incident({ id: 'fedcba9876543210' }, 1, 3000))
    state.apply({
      kind: 'verdict',
      incident: anIncident().id,
      verdict: 'benign',
      by: 'a',
      note: '',
      atMs: 1,
      octets: 1,
    })
    state.forgetBefore(2000)
    expect([...state.incidents.keys()]).toEqual(['fedcba9876543210'])
    expect(state.verdicts.size).toBe(0)
  })
})

describe('a search', () => {
  const records = stateWith(
    incident({ id: 'a000000000000000', severity: 'critical', bytesOut: 10, style: { guess: 'iodine', confidence: 1 } }),
    incident({
      id: 'b000000000000000',
      severity: 'medium',
      bytesOut: 99,
      clients: ['192.168.1.1'],
      registeredDomain: 'b.test',
    }),
    incident({
      id: 'c000000000000000',
      severity: 'low',
      class: 'lookup-service',
      bytesOut: 5,
      registeredDomain: 'list.test',
    }),
  )
  const find = (text: string) => {
    const search = parseSearch(text)
    if (search.problem !== undefined) return search.problem
    return [...records.incidents.values()]
      .filter((record) => search.matches(record, records.stand(record, 2000)))
      .sort(search.order)
      .map(({ incident }) => incident.id[0])
      .join('')
  }

  it.each([
    ['sort:out-asc', 'cab'],
    ['severity:>=medium sort:out', 'ba'],
    ['severity:low', 'c'],
    ['-severity:low sort:severity', 'ab'],
    ['src:10.0.0.0/8 sort:out', 'ac'],
    ['domain:test sort:out', 'bc'],
    ['tool:iod', 'a'],
    ['is:low', 'c'],
    ['is:open sort:out', 'ba'],
    ['class:lookup', 'c'],
    ['out:>=10 out:<99', 'a'],
    ['B.TEST', 'b'],
    ['is:demo', ''],
    ['detector:account type:txt sort:out', 'bac'],
    ['nothing', ''],
  ])('%s finds %s', (text, found) => {
    expect(find(text)).toBe(found)
  })

  it.each([
    ['src:nobody', 'src: takes an address'],
    ['severity:bad', 'takes low, medium'],
    ['is:what', 'is: takes open'],
    ['sort:colour', 'sort: takes time'],
    ['out:many', 'takes a number'],
  ])('%s is told of: %s', (text, problem) => {
    expect(find(text)).toContain(problem)
  })

  it('takes words of any kind and length without a fault', () => {
    for (const text of ['__proto__:x', 'constructor:', ':', '-', '--', 'sort:', '(('.repeat(300), '\\'.repeat(500)])
      find(text)
  })
})
