import { describe, expect, it } from 'vitest'
import { createRandom } from '../../stats/random.ts'
import { encoders } from '../encoders/index.ts'
import { CARRIER_TYPES } from './answers.ts'
import { composeTraffic } from './compose.ts'
import { packetsOf } from './packets.ts'
import { TRAFFIC_DEFAULTS, type TrafficPlan } from './plan.ts'
import { type SentExchange, sendExchange } from './sent-exchange.ts'
import { encodersOf, STYLE_NAMES } from './styles.ts'
import { parseTruth, truthLines } from './truth.ts'
import { zeekLines } from './zeek-log.ts'

const plan = (changed: Partial<TrafficPlan>): TrafficPlan => ({ ...TRAFFIC_DEFAULTS, seed: 7, ...changed })

function sentOf(changed: Partial<TrafficPlan>): SentExchange[] {
  const random = createRandom(3)
  return composeTraffic(plan(changed)).map((exchange) => sendExchange(exchange, random))
}

/** Area under the ROC curve of a number against the class: how well it gives the class away, either way round. */
function leakOf(exchanges: readonly SentExchange[], of: (exchange: SentExchange, place: number) => number): number {
  const values = exchanges.map((exchange, place) => ({ value: of(exchange, place), y: exchange.transfer ? 1 : 0 }))
  values.sort((a, b) => a.value - b.value)
  let [pairs, below, positives] = [0, 0, 0]
  for (let i = 0, next = 0; i < values.length; i = next) {
    let [up, down] = [0, 0]
    for (; next < values.length && values[next].value === values[i].value; next++) {
      if (values[next].y === 1) up++
      else down++
    }
    pairs += up * (below + down / 2)
    below += down
    positives += up
  }
  const auc = pairs / (positives * below)
  return Math.max(auc, 1 - auc)
}

describe('generated traffic', () => {
  it('is the same for the same plan, and another for another seed', () => {
    const octets = (seed: number) =>
      packetsOf(sentOf({ styles: ['det', 'words'], seed, minutes: 2, transfers: 1 }), createRandom(1)).map(
        ({ timeMs, frame }) => [timeMs, ...frame].join(),
      )
    expect(octets(7)).toEqual(octets(7))
    expect(octets(8)).not.toEqual(octets(7))
    expect([...zeekLines(sentOf({ styles: ['det'] }), createRandom(1))]).toEqual([
      ...zeekLines(sentOf({ styles: ['det'] }), createRandom(1)),
    ])
  })

  // The seeds are not chosen: what holds for one has to hold for the next.
  it.each([1, 2])('gives no class away by what is incidental (seed %d)', (seed) => {
    const exchanges = sentOf({ styles: ['det', 'iodine', 'dnscat2', 'words'], seed })
    const incidental: Record<string, (exchange: SentExchange, place: number) => number> = {
      id: ({ id }) => id,
      'client port': ({ from }) => from.port,
      'server port': ({ to }) => to.port,
      edns: ({ query }) => query[11],
      flags: ({ query }) => query[2] * 256 + query[3],
      'response flags': ({ response }) => (response ? response[2] * 256 + (response[3] & 0xf0) : -1),
      answered: ({ response }) => (response ? 1 : 0),
      ttl: ({ ttlSeconds, response, answers }) => (response && answers?.length ? ttlSeconds : 60),
      client: ({ client }) => client,
      clock: ({ timeMs }) => timeMs,
      second: ({ timeMs }) => timeMs % 1000,
      resolver: ({ to }) => (to.address.endsWith('53') ? 1 : 0),
      'round trip': ({ roundTripMs }) => roundTripMs,
      'asked again': ({ againMs }) => (againMs === undefined ? 0 : 1),
      'place in the capture': (_, place) => place,
    }
    for (const [name, of] of Object.entries(incidental)) {
      expect(leakOf(exchanges, of), `${name} gives the class away`).toBeLessThanOrEqual(0.6)
    }
    // What a name is does: else there would be nothing to learn.
    expect(leakOf(exchanges, ({ qname }) => qname.length)).toBeGreaterThan(0.7)
  })

  it.each(STYLE_NAMES)('makes %s, whose names its encoder can make', (style) => {
    const made = composeTraffic(plan({ styles: [style], transfers: 1, minutes: 1, benign: 'none' }))
    expect(made.length).toBeGreaterThan(0)
    expect(made.every(({ transfer }) => transfer?.style === style)).toBe(true)
    expect(encodersOf(style)!.every((encoder) => encoders.includes(encoder))).toBe(true)
    expect(new Set(made.map(({ qname }) => qname.split('.').slice(-1)[0])).size).toBe(1)
    expect(made.map(({ qname }) => qname).every((name) => /\.(test|example|invalid)$/.test(name))).toBe(true)
  })

  it('goes either way, by any type, over domains and hosts, with decoys, as slowly as one an hour', () => {
    const down = composeTraffic(plan({ styles: ['base32'], direction: 'down', qtypes: CARRIER_TYPES, benign: 'none' }))
    expect(new Set(down.map(({ qtype }) => qtype))).toEqual(new Set(CARRIER_TYPES))
    expect(down.every(({ transfer }) => transfer!.payloadOctets > 0)).toBe(true)
    const spread = composeTraffic(
      plan({ styles: ['base32'], transfers: 1, domains: 5, hosts: 4, decoys: 0.5, benign: 'none' }),
    )
    expect(new Set(spread.map(({ qname }) => qname.split('.').slice(-2).join('.'))).size).toBe(5)
    expect(new Set(spread.map(({ client }) => client)).size).toBe(4)
    const decoys = spread.filter(({ transfer }) => transfer!.decoy).length
    expect(decoys / spread.length).toBeCloseTo(1 / 3, 1)
    const slow = composeTraffic(
      plan({ styles: ['hex'], transfers: 1, rate: 1 / 3600, minutes: 6 * 24 * 60, benign: 'none' }),
    )
    const hours = (slow.at(-1)!.timeMs - slow[0].timeMs) / 3_600_000
    expect(slow.length / hours).toBeGreaterThan(0.6)
    expect(slow.length / hours).toBeLessThan(1.6)
  })

  it('asks what hurts a detector: every look-up shape, reverse and multicast names, names cut short, a user’s own', () => {
    const asked = composeTraffic(plan({ names: ['intranet.corp.example'], minutes: 60 }))
    expect(asked.every(({ transfer }) => transfer === undefined)).toBe(true)
    const names = asked.map(({ qname }) => qname)
    expect(names).toContain('intranet.corp.example')
    expect(names.some((name) => name.endsWith('.in-addr.arpa'))).toBe(true)
    expect(names.some((name) => name.endsWith('.local'))).toBe(true)
    expect(asked.some(({ qtype }) => qtype === 2)).toBe(true)
  })

  it('has a truth that is read back, and says what is wrong with one that is none', () => {
    const made = plan({ styles: ['iodine', 'words'] })
    const exchanges = sentOf(made)
    const text = [...truthLines(made, exchanges, { packets: 1, firstMs: 0, lastMs: 1 })].join('')
    const truth = parseTruth(text, 'truth.ndjson')
    expect(truth.head).toMatchObject({ seed: 7, styles: ['iodine', 'words'], packets: 1 })
    expect(truth.exchanges.length).toBe(exchanges.filter(({ transfer }) => transfer).length)
    for (const wrong of ['', '{}', '[]', 'null', '{"kind":"truth","version":2}']) {
      expect(() => parseTruth(wrong, 'x')).toThrow('x is no truth file of this version')
    }
    expect(() => parseTruth(`${text.split('\n')[0]}\n{"kind":"exchange"}\n`, 'x')).toThrow('Line 2 of x is no exchange')
  })

  it('refuses a style there is not, by naming those there are', () => {
    expect(() => composeTraffic(plan({ styles: ['smoke'] }))).toThrow(
      /There is no style smoke: the styles are base32, /,
    )
  })
})
