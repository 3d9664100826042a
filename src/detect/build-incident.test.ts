import { describe, expect, it } from 'vitest'
import { type Row, START_MS } from '../batch/rows.testing.ts'
import { createRandom, randomInteger } from '../stats/random.ts'
import { domainIncident, groupIncident, type Observation, timestamp } from './build-incident.ts'
import { detect, plainModel, stateOf } from './detect.testing.ts'
import type { DomainState } from './domain-state.ts'
import { type Incident, isAlert, SEVERITIES } from './incident.ts'

const random = createRandom(3)
const hex = (length: number) => Array.from({ length }, () => '0123456789abcdef'[randomInteger(random, 16)]).join('')

function observation(change: Partial<Observation> = {}): Observation {
  return { name: 'default', timed: true, model: plainModel(5), sourceOf: (input) => `file${input}`, ...change }
}

function tunnel(count: number, change: (i: number) => Partial<Row> = () => ({})): Row[] {
  return Array.from({ length: count }, (_, i) => ({
    ...{ time: START_MS + i * 1000, qname: `${hex(60)}.evil.com`, qtype: 'TXT', textOctets: 60, answer: i, input: 3 },
    ...change(i),
  }))
}

function incidentOf(rows: readonly Row[], change: (state: DomainState) => void = () => {}, ratio = 5): Incident {
  const state = stateOf(detect(rows, plainModel(ratio)), 'evil.com')!
  change(state)
  return domainIncident(state, observation())
}

/** Every field of the contract (DESIGN.md 4). */
const FIELDS = [
  ...['kind', 'id', 'registeredDomain', 'relatedDomains', 'clients', 'clientCount', 'scope', 'firstSeen', 'alertedAt'],
  ...[
    'lastSeen',
    'queries',
    'queriesBeforeAlert',
    'bytesOut',
    'bytesIn',
    'bytesBeforeAlert',
    'prefixOctetsBeforeAlert',
  ],
  ...['score', 'severity', 'class', 'confidence', 'detectors', 'style', 'evidence', 'attack', 'source'],
].sort()

describe('the incident of a domain', () => {
  const rows = tunnel(10)
  const incident = incidentOf(rows)

  it('has every field of the contract, none undefined', () => {
    expect(Object.keys(incident).sort()).toEqual(FIELDS)
    expect(Object.values(incident)).not.toContain(undefined)
    expect(JSON.parse(JSON.stringify(incident))).toEqual(incident)
    expect(Object.keys(incident.evidence)).toEqual(
      expect.arrayContaining(['signals', 'sampleQnames', 'decoded', 'qtypes', 'timeline']),
    )
    for (const signal of incident.evidence.signals) {
      expect(signal).toEqual({
        name: expect.any(String),
        value: expect.any(Number),
        typical: expect.any(String),
        contribution: expect.any(Number),
      })
    }
  })

  it('says what happened', () => {
    expect(incident).toMatchObject({
      ...{ kind: 'incident', registeredDomain: 'evil.com', scope: 'domain', relatedDomains: [], source: 'file3' },
      ...{ clients: ['10.0.0.5'], clientCount: 1, queries: 10, queriesBeforeAlert: 4, prefixOctetsBeforeAlert: 240 },
      ...{
        firstSeen: timestamp(START_MS),
        alertedAt: timestamp(START_MS + 3000),
        lastSeen: timestamp(START_MS + 9000),
      },
      ...{ bytesIn: 600, class: 'tunnel', attack: ['T1048.003', 'T1071.004'] },
    })
    expect(incident.evidence.qtypes).toEqual({ TXT: 10 })
    expect(incident.evidence.sampleQnames[0]).toBe(rows[0].qname)
    expect(incident.evidence.timeline.reduce((sum, bar) => sum + bar.queries, 0)).toBe(10)
    expect(incident.bytesBeforeAlert).toBeLessThan(incident.bytesOut)
  })

  it('has the contributions of its score', () => {
    const sum = incident.evidence.signals.reduce((total, signal) => total + signal.contribution, -4)
    expect(incident.score).toBeCloseTo(1 / (1 + Math.exp(-sum)), 2)
  })

  it('lists clients by octets, a hundred, and counts them all', () => {
    const many = tunnel(240, (i) => ({ client: `10.0.${i >> 7}.${i & 127}` }))
    const { clients, clientCount } = incidentOf([...many, { ...many[7], qname: `${hex(60)}.evil.com` }])
    expect([clients[0], clients.length, clientCount]).toEqual(['10.0.0.7', 100, 240])
  })
})

describe('an incident’s id', () => {
  it('is the same for the same observation, domain and first time, whatever else changed', () => {
    const rows = tunnel(10)
    expect(incidentOf(rows).id).toBe(incidentOf([...rows, ...tunnel(90)]).id)
    expect(incidentOf(rows).id).toBe(incidentOf(rows.map((row) => ({ ...row, qname: row.qname.toUpperCase() }))).id)
    expect(incidentOf(rows).id).toMatch(/^[0-9a-f]{16}$/)
  })

  it('differs by each of them', () => {
    const state = stateOf(detect(tunnel(10), plainModel(5)), 'evil.com')!
    const later = stateOf(
      detect(
        tunnel(10, (i) => ({ time: START_MS + 1 + i })),
        plainModel(5),
      ),
      'evil.com',
    )!
    const ids = [
      domainIncident(state, observation()).id,
      domainIncident(state, observation({ name: 'site-b' })).id,
      domainIncident(later, observation()).id,
    ]
    expect(new Set(ids).size).toBe(3)
  })
})

describe('severity and confidence', () => {
  const graded = (change: (state: DomainState) => void) => {
    const { severity, confidence } = incidentOf(tunnel(10), (state) => {
      Object.assign(state.peaks, { account: 0, downlink: 0, answers: 0, names: 0 })
      state.octets = 300
      change(state)
    })
    return [severity, confidence]
  }

  it('is medium for one detector, high for two or four kilobytes, critical for sixty-four', () => {
    expect(graded(({ peaks }) => (peaks.answers = 1.1))).toEqual(['medium', 'medium'])
    expect(graded(({ peaks }) => Object.assign(peaks, { answers: 1.1, account: 1.1 }))).toEqual(['high', 'high'])
    const out = (octets: number) =>
      graded((state) => {
        state.peaks.answers = 1.1
        state.octets = octets
      })
    expect([out(4095)[0], out(4096)[0], out(65_535)[0], out(65_536)[0]]).toEqual(['medium', 'high', 'high', 'critical'])
  })

  it('is critical where the payload is of a known kind', () => {
    const gzip = `1f8b0800${'00'.repeat(6)}`
    const payload = Buffer.from(gzip, 'hex').toString('hex')
    const rows = tunnel(10, (i) => ({
      qname: `${i === 0 ? payload : ''}${hex(60 - (i === 0 ? payload.length : 0))}.evil.com`,
    }))
    const incident = incidentOf(rows)
    if (incident.evidence.decoded?.magic) expect(incident.severity).toBe('critical')
  })

  it('makes an alert of medium and above, and of nothing below', () => {
    expect(SEVERITIES.map((severity) => isAlert({ ...incidentOf(tunnel(10)), severity }))).toEqual([
      false,
      true,
      true,
      true,
    ])
  })

  it('is low for a look-up service, which is no attack', () => {
    const incident = incidentOf(tunnel(10), (state) => {
      state.alert = undefined
      state.lookup = 'fixed'
    })
    expect(incident).toMatchObject({ severity: 'low', class: 'lookup-service', attack: [], alertedAt: null })
    expect([incident.queriesBeforeAlert, incident.bytesBeforeAlert, incident.prefixOctetsBeforeAlert]).toEqual([
      null,
      null,
      null,
    ])
    expect(isAlert(incident)).toBe(false)
  })

  it('says exfiltration where little came back', () => {
    expect(incidentOf(tunnel(10, () => ({ textOctets: 0, qtype: 'A', addressOctets: 4 }))).class).toBe('exfiltration')
  })
})

describe('an observation without times', () => {
  it('has null times, confidence low and severity medium at most', () => {
    const rows = tunnel(300, () => ({
      time: Number.NaN,
      client: '',
      qname: `${hex(8 + randomInteger(random, 50))}.x.evil.com`,
    }))
    const state = stateOf(detect(rows, plainModel(5), { timed: false }), 'evil.com')!
    state.octets = 1e6
    const incident = domainIncident(state, observation({ timed: false }))
    expect(incident).toMatchObject({
      ...{
        firstSeen: null,
        alertedAt: null,
        lastSeen: null,
        severity: 'medium',
        confidence: 'low',
        clients: [],
        clientCount: 0,
      },
    })
    expect(incident.evidence.timeline.map((bar) => bar.time)).toEqual([null])
    expect(incident.detectors.map(({ name }) => name)).toEqual(['sequential-names'])
    expect(incident.queriesBeforeAlert).toBeGreaterThan(0)
  })
})

describe('the incident of a client', () => {
  const rows = tunnel(150, (i) => ({ qname: `${hex(50)}.D${149 - i}.Nosuchtop` }))
  const [group] = detect(rows, plainModel(5)).clients.alerts()
  const incident = groupIncident(group, observation())

  it('has every field of the contract', () => expect(Object.keys(incident).sort()).toEqual(FIELDS))

  it('names the earliest domain, and a hundred others in order', () => {
    expect(incident).toMatchObject({
      scope: 'client',
      registeredDomain: 'd149.nosuchtop',
      clients: ['10.0.0.5'],
      clientCount: 1,
    })
    expect(incident.relatedDomains.length).toBe(100)
    expect(incident.relatedDomains).toEqual(incident.relatedDomains.toSorted())
    expect(incident.relatedDomains).not.toContain('d149.nosuchtop')
  })

  it('has the contributions of its detectors, in the order of its own signals', () => {
    expect(incident.detectors.map((detector) => detector.name)).toEqual([
      'client-account',
      'sequential-answers',
      'sequential-names',
    ])
    expect(incident.queriesBeforeAlert).toBe(4)
  })

  it('has another id than the same client’s rotation', () => {
    const rotation = tunnel(60, (i) => ({ qname: `${hex(60)}.d${i}.com` }))
    const groups = detect(rotation, plainModel(5)).clients.alerts()
    expect(groupIncident(groups[0], observation()).id).not.toBe(incident.id)
  })
})

describe('timestamp', () => {
  it('is null outside the calendar', () => {
    expect([timestamp(Number.NaN), timestamp(1e300), timestamp(0)]).toEqual([null, null, '1970-01-01T00:00:00.000Z'])
  })
})
