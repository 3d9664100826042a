import { describe, expect, it } from 'vitest'
import { ecs, ecsEvent } from './ecs.ts'
import { aLookup, anIncident, HOSTILE } from './incident.testing.ts'

// biome-ignore lint/suspicious/noExplicitAny: a test reads what any consumer would
const eventOf = (...args: Parameters<typeof anIncident>): any =>
  JSON.parse(JSON.stringify(ecsEvent(anIncident(...args))))

describe('ecs', () => {
  it('puts an alert into the fields of the schema', () => {
    expect(eventOf({ clients: ['10.0.0.5', '2001:db8::5'] })).toMatchObject({
      '@timestamp': '2026-02-03T04:05:07.000Z',
      ecs: { version: '8.11.0' },
      event: {
        kind: 'alert',
        category: ['network', 'intrusion_detection'],
        type: ['info'],
        id: '0123456789abcdef',
        severity: 73,
        risk_score: 99.7,
        risk_score_norm: 73,
        start: '2026-02-03T04:05:06.789Z',
        end: '2026-02-03T05:06:07.890Z',
        duration: 3_661_101_000_000,
        reason: 'account: 48,210 octets of new information left in names',
      },
      rule: { name: 'DNS tunnel' },
      dns: { question: { name: 'aaaa.evil.example', registered_domain: 'evil.example', type: 'TXT' } },
      source: { ip: '10.0.0.5', bytes: 48_211 },
      destination: { bytes: 9001 },
      network: { protocol: 'dns', bytes: 57_212 },
      related: {
        ip: ['10.0.0.5', '2001:db8::5'],
        hosts: ['evil.example', 'aaaa.evil.example', 'bbbb.evil.example'],
      },
      threat: {
        framework: 'MITRE ATT&CK',
        tactic: { id: ['TA0010', 'TA0011'] },
        technique: {
          id: ['T1048', 'T1071'],
          name: ['Exfiltration Over Alternative Protocol', 'Application Layer Protocol'],
          subtechnique: {
            id: ['T1048.003', 'T1071.004'],
            name: ['Exfiltration Over Unencrypted Non-C2 Protocol', 'DNS'],
            reference: [
              'https://attack.mitre.org/techniques/T1048/003/',
              'https://attack.mitre.org/techniques/T1071/004/',
            ],
          },
        },
      },
      wakeful: { score: 0.997, queries_before_alert: 6, query_types: [{ type: 'TXT', queries: 700 }, {}] },
    })
  })

  it('calls a look-up service an event without a threat', () => {
    const event = eventOf(aLookup('list.example'))
    expect(event).toMatchObject({ '@timestamp': '2026-02-03T04:05:06.789Z', event: { kind: 'event', severity: 21 } })
    expect(event).not.toHaveProperty('threat')
  })

  it('leaves out what is not known, and no clock takes its place', () => {
    const event = eventOf({ firstSeen: null, alertedAt: null, lastSeen: null, clients: [], clientCount: 0 })
    for (const path of ['@timestamp', 'event.start', 'event.end', 'event.duration', 'source.ip', 'related.ip']) {
      expect(event).not.toHaveProperty(path)
    }
  })

  it('puts nothing but addresses where an index wants addresses', () => {
    const { source, related } = eventOf({ clients: ['<img>', 'fe80::1%eth0', '10.0.0.6'] })
    expect(source).toMatchObject({ address: '<img>', ip: '10.0.0.6' })
    expect(related.ip).toEqual(['10.0.0.6'])
  })

  it('names an id it does not know by itself, and no technique that is none', () => {
    const { threat, wakeful } = eventOf({ attack: ['T9999', '__proto__', '\ud800'] })
    expect(threat.technique).toMatchObject({ id: ['T9999'], name: ['T9999'] })
    expect(threat).not.toHaveProperty('tactic')
    expect(wakeful.attack).toEqual(['T9999', '__proto__', '\ud800'])
  })

  it.each(Object.entries(HOSTILE))('makes no key of %s', (_, text) => {
    const { evidence } = anIncident()
    const hostile = anIncident({ evidence: { ...evidence, qtypes: { [text]: 1 }, sampleQnames: [text] }, source: text })
    const [line] = ecs.write([hostile], { inputs: 1, rows: 1, untimed: [] }, { columns: 80, colour: false })
    expect(line).toMatch(/^[\x20-\x7e]+\n$/)
    expect(keysOf(JSON.parse(line))).toEqual(keysOf(eventOf({ evidence: { ...evidence, qtypes: { A: 1 } } })))
  })
})

/** Every key path, places of lists aside. */
function keysOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [path]
  const inside = Object.entries(value).flatMap(([key, inner]) =>
    keysOf(inner, Array.isArray(value) ? path : `${path}.${key}`),
  )
  return [...new Set(inside)].sort()
}
