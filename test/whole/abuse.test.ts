import { describe, expect, it } from 'vitest'
import { DnsBatch } from '../../src/batch/dns-batch.ts'
import { addRow, type Row, START_MS } from '../../src/batch/rows.testing.ts'
import { Detector } from '../../src/detect/detector.ts'
import type { DomainState } from '../../src/detect/domain-state.ts'
import { loadDetectionModel } from '../../src/detect/load-detection-model.ts'
import { formatName } from '../../src/dns/name.ts'
import { loadPublicSuffixes } from '../../src/dns/public-suffix.ts'
import { createRandom, randomInteger } from '../../src/stats/random.ts'

const model = loadDetectionModel()
const random = createRandom(31)
const hex = (length: number) => Array.from({ length }, () => '0123456789abcdef'[randomInteger(random, 16)]).join('')
const MINUTE = 60_000

/** A detector with the shipped model that has booked these rows, a few thousand in memory at a time. */
function book(count: number, row: (i: number) => Row, limits = {}): Detector {
  const detector = new Detector(model, loadPublicSuffixes(), { timed: true, ...limits })
  const batch = new DnsBatch()
  for (let i = 0; i < count; i++) {
    addRow(batch, row(i))
    if (!batch.full && i + 1 < count) continue
    detector.process(batch)
    batch.clear()
  }
  detector.finish()
  return detector
}

function statesOf(detector: Detector): Map<string, DomainState> {
  const states = detector.partitions.flatMap(({ rich, closed }) => [...closed, ...rich.values()])
  return new Map(states.map((state) => [formatName(state.domain, 0, state.domain.length), state]))
}

const alertsOf = (detector: Detector) =>
  [...statesOf(detector)].flatMap(([domain, { alert }]) => (alert === undefined ? [] : domain)).sort()

/** A TXT tunnel in one domain, 50 octets of payload a name. */
function exchange(domain: string, i: number): Row {
  return { time: START_MS + i * 1000, qname: `${hex(50)}.${domain}`, qtype: 'TXT', textOctets: 80, answer: i }
}

describe('S1: state exhaustion', () => {
  const ROWS = 25_000

  it('spoofed clients, each a tunnel of its own name: the domain is told of, and keeps few of them', () => {
    const detector = book(ROWS, (i) => ({
      ...exchange('spoof.example.com', i),
      time: START_MS + i * 20,
      client: `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`,
    }))
    expect(alertsOf(detector)).toEqual(['example.com'])
    const state = statesOf(detector).get('example.com')!
    expect(state.queries).toBe(ROWS)
    expect(state.sizeBytes).toBeLessThan(4 * 1024 * 1024)
  })

  it('spoofed clients, each with a name under a top level nobody runs: clients are watched up to their cap', () => {
    const detector = book(12_000, (i) => ({
      time: START_MS + i * 100,
      qname: `${hex(50)}.${hex(10)}.${hex(9)}x`,
      rcode: 3,
      client: `10.2.${i >> 8}.${i & 255}`,
    }))
    const groups = [...detector.clients.all()].length
    expect(groups).toBeGreaterThan(4096)
    expect(groups).toBeLessThanOrEqual(8192)
  })

  it('one client and names without end: the alert comes early, and what is kept of the names is bounded', () => {
    const sizeAfter = (rows: number) => {
      const state = statesOf(book(rows, (i) => ({ ...exchange('c2.com', i), time: START_MS + i * 20 }))).get('c2.com')!
      expect(state.alert?.queries).toBeLessThan(30)
      return state.sizeBytes
    }
    const size = sizeAfter(10_000)
    expect(sizeAfter(ROWS)).toBeLessThan(size * 1.5)
    expect(size).toBeLessThan(4 * 1024 * 1024)
  })

  it('domains nobody asks for twice, around an alert: it is kept, and the rest is held to the caps', () => {
    const limits = { rowsMax: 1 << 13, richMax: 500, richOctetsMax: 1 << 20 }
    const detector = book(
      ROWS,
      (i) =>
        i < 60
          ? exchange('early.com', i)
          : {
              time: START_MS + MINUTE + i * 20,
              qname: `${hex(8)}.${hex(12)}.com`,
              rcode: 3,
              client: `10.1.${i & 255}.7`,
            },
      limits,
    )
    expect(alertsOf(detector)).toEqual(['early.com'])
    expect(detector.partitions.reduce((sum, { table }) => sum + table.size, 0)).toBeLessThanOrEqual(limits.rowsMax)
    expect(detector.partitions.reduce((sum, { rich }) => sum + rich.size, 0)).toBeLessThanOrEqual(limits.richMax + 64)
  })
})

describe('S3: what others clear by name, and a tunnel that lies entirely inside it', () => {
  it.each([
    ['a tenant of a suffix that anybody can register under', 'evil.eu.org', 'evil.eu.org'],
    ['dynamic DNS', 'evil.duckdns.org', 'evil.duckdns.org'],
    ['a tenant of a cloud', 'evil.azurewebsites.net', 'evil.azurewebsites.net'],
    ['a cloud’s own names', 'evil.compute.internal', 'compute.internal'],
    ['a cluster’s', 'x.svc.cluster.local', 'cluster.local'],
    ['a name that every list of known names has', 'google.com', 'google.com'],
    ['a delivery network', 'd111111abcdef8.cloudfront.net', 'd111111abcdef8.cloudfront.net'],
  ])('%s: %s', (_, domain, key) => {
    expect(alertsOf(book(60, (i) => exchange(domain, i)))).toEqual([key])
  })

  it('a well-known name asked straight of a resolver of the attacker’s', () => {
    const rows = (i: number) => ({ ...exchange('update.microsoft.com', i), resolver: '198.51.100.66' })
    expect(alertsOf(book(60, rows))).toEqual(['microsoft.com'])
  })

  it('one tenant’s tunnel says nothing of its neighbours', () => {
    const rows = (i: number): Row =>
      i % 2 === 0
        ? exchange('evil.duckdns.org', i)
        : { time: START_MS + i * 1000, qname: `${['www', 'home', 'cam'][i % 3]}.good.duckdns.org`, answer: i % 3 }
    expect(alertsOf(book(120, rows))).toEqual(['evil.duckdns.org'])
  })

  describe('the reverse zone of a rented IPv6 block', () => {
    const ZONE = '8.b.d.0.1.0.0.2.ip6.arpa'
    const lookUp = (i: number): Row => ({
      time: START_MS + i * 1000,
      qname: `${[...hex(24)].join('.')}.${ZONE}`,
      qtype: 'PTR',
      rcode: 3,
    })

    it('stands as a look-up service inside the budget, counted and never cleared', () => {
      const state = statesOf(book(200, lookUp)).get(ZONE)!
      expect([state.alert, state.lookup]).toEqual([undefined, 'reverse'])
      expect(state.octets).toBeGreaterThan(1000)
    })

    it('alerts once it is past the budget', () => {
      const state = statesOf(book(4000, lookUp)).get(ZONE)!
      expect(state.alert?.octets).toBeGreaterThan(model.thresholds.lookupOctets * 0.9)
      expect(state.alert?.octets).toBeLessThan(model.thresholds.lookupOctets * 1.3)
    })

    it('has no budget for what is no address', () => {
      const states = statesOf(book(60, (i) => exchange(ZONE, i)))
      const [alert, ...others] = [...states.values()].flatMap((state) => state.alert ?? [])
      expect(others).toEqual([])
      expect(alert.octets).toBeLessThan(model.thresholds.lookupOctets / 16)
    })
  })

  it('a look-up service’s shape, spent past its budget', () => {
    // A quarter of what the client asks at the most, in hashes: what an antivirus does, until it is 16 KiB.
    const rows = (i: number): Row =>
      i % 5 === 0
        ? { time: START_MS + i * 1000, qname: `${hex(40)}.hashes.example.com` }
        : { time: START_MS + i * 1000, qname: `www.site${i % 300}.org` }
    const within = statesOf(book(1000, rows)).get('example.com')!
    expect([within.alert, within.lookup]).toEqual([undefined, 'fixed'])
    const past = statesOf(book(12_000, rows)).get('example.com')!
    expect(past.alert?.octets).toBeGreaterThan(model.thresholds.lookupOctets * 0.9)
  })
})
