import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { START_MS, wire } from '../batch/rows.testing.ts'
import type { ClientFact } from './client-facts.ts'
import type { ClientGroup } from './client-group.ts'
import { ClientStage } from './client-stage.ts'
import { emptyState, plainModel, THRESHOLDS } from './detect.testing.ts'

const HOUR = 3_600_000

function fact(domain: number, change: Partial<ClientFact> = {}): ClientFact {
  const names = { domain: latin1(`d${domain}.example`), sample: latin1(`x.d${domain}.example`) }
  return {
    ...{ clientLo: 1, clientHi: 1, client: '\0'.repeat(15).concat('\x05'), domainLo: domain, domainHi: 1, ...names },
    ...{ invented: false, firstMs: START_MS + domain, lastMs: START_MS + domain, queries: 1, names: 1 },
    ...{
      octets: 55,
      excessOctets: 50,
      prefixOctets: 60,
      answerOctets: 0,
      namesSum: 0,
      answersSum: 0,
      qtype: 1,
      input: 0,
    },
    ...change,
  }
}

function latin1(name: string): string {
  return Buffer.from(wire(name)).toString('latin1')
}

function stageOf(...minutes: ClientFact[][]): ClientStage {
  const stage = new ClientStage(plainModel())
  for (const facts of minutes) stage.take(facts)
  return stage
}

const facts = (count: number, change: Partial<ClientFact> = {}) =>
  Array.from({ length: count }, (_, i) => fact(i + 1, change))

describe('rotation', () => {
  it('alerts when the costly names of a client over rare domains pass their line', () => {
    // 1,024 octets in excess: the 21st of 50.
    const [group] = stageOf(facts(25)).alerts()
    expect(group.alert).toMatchObject({
      detectors: ['client-account'],
      queries: 21,
      octets: 21 * 55,
      timeMs: START_MS + 21,
    })
    expect(group.domainCount).toBe(25)
    expect(Buffer.from(group.domains[0]).equals(wire('d1.example'))).toBe(true)
  })

  it('charges nothing for ordinary names, and does not tell of them', () => {
    const stage = stageOf(facts(500, { octets: 4, excessOctets: 0 }))
    expect(stage.alerts()).toEqual([])
    expect([...stage.all()][0].queries).toBe(0)
  })

  it('needs three domains', () => {
    const two = Array.from({ length: 60 }, (_, i) => fact(1 + (i % 2)))
    expect(stageOf(two).alerts()).toEqual([])
    expect(stageOf([...two, fact(3)]).alerts().length).toBe(1)
  })

  it('knows no sequential test: rare domains are not all of one making', () => {
    expect(stageOf(facts(10, { answersSum: 50, namesSum: 50, excessOctets: 10 })).alerts()).toEqual([])
  })

  it('decays over six hours', () => {
    const slow = Array.from({ length: 100 }, (_, i) => fact(i + 1, { firstMs: i * HOUR, lastMs: i * HOUR }))
    const stage = stageOf(...slow.map((one) => [one]))
    expect(stage.alerts()).toEqual([])
    const [group] = stage.all()
    expect(group.decayed).toBeCloseTo(50 / (1 - Math.exp(-1 / 6)), 2)
  })

  it('is told by domains that are alerts themselves, where less than three are left', () => {
    const [group] = stageOf(facts(25)).alerts()
    const alerts = (count: number) => Array.from({ length: count }, (_, i) => emptyState(i + 1, 1))
    expect(group.isToldBy(alerts(22))).toBe(false)
    expect(group.isToldBy(alerts(23))).toBe(true)
    expect(group.isToldBy([emptyState(999, 1)])).toBe(false)
  })
})

describe('invented names', () => {
  const invented = (count: number, change: Partial<ClientFact> = {}) => facts(count, { invented: true, ...change })

  it('are charged whole, against their own line', () => {
    const [group] = stageOf(invented(12, { excessOctets: 0 })).alerts()
    expect(group.alert).toMatchObject({ detectors: ['client-account'], queries: 10 })
  })

  it('have a sequential test of their own', () => {
    const [group] = stageOf(invented(6, { octets: 10, answersSum: 2.3 })).alerts()
    expect(group.alert).toMatchObject({ detectors: ['sequential-answers'], queries: 4 })
    expect(stageOf(invented(10, { octets: 10, namesSum: 2.3 })).alerts()[0].alert?.detectors).toEqual([
      'sequential-names',
    ])
    expect(stageOf(invented(2, { octets: 10, answersSum: 30 })).alerts()).toEqual([])
  })

  it('are an account beside the rotation’s, and not diluted by it', () => {
    const stage = stageOf([...invented(5), ...facts(5)])
    expect([...stage.all()].map((group) => [group.invented, group.queries])).toEqual([
      [true, 5],
      [false, 5],
    ])
  })

  it('are never told by others', () => {
    const [group] = stageOf(invented(12)).alerts()
    expect(group.isToldBy(Array.from({ length: 12 }, (_, i) => emptyState(i + 1, 1)))).toBe(false)
  })
})

describe('ClientStage', () => {
  const told = (groups: Iterable<ClientGroup>) =>
    [...groups].map((group) => ({ ...group, list: group.domains, samples: group.samples, bins: group.timeline.bins() }))

  it('gives the same for any order of a minute’s facts', () => {
    const some = [...facts(22), ...facts(22, { invented: true }), ...facts(6, { clientLo: 2, client: '\0'.repeat(16) })]
    const expected = told(stageOf(some).alerts())
    expect(expected.length).toBe(2)
    fc.assert(
      fc.property(fc.shuffledSubarray(some, { minLength: some.length }), (shuffled) => {
        expect(told(stageOf(shuffled).alerts())).toEqual(expected)
      }),
      { numRuns: 30 },
    )
  })

  it('names at most 101 domains and 12 samples, and counts to 1,024', () => {
    const [group] = stageOf(facts(3000)).alerts()
    expect([group.domains.length, group.samples.length, group.domainCount, group.queries]).toEqual([
      101, 12, 1024, 3000,
    ])
  })

  it('watches 8,192 clients: the poorest make room, alerts never', () => {
    const stage = stageOf(facts(25))
    const others = Array.from({ length: 9000 }, (_, i) =>
      fact(1, {
        clientLo: i + 10,
        client: Buffer.from(`client ${String(i).padStart(9)}`).toString('latin1'),
        octets: 10 + i,
      }),
    )
    for (const other of others) stage.take([other])
    const groups = [...stage.all()]
    expect(groups.length).toBeLessThanOrEqual(8192)
    expect(stage.alerts().length).toBe(1)
    expect(Math.min(...groups.map((group) => group.octets))).toBeGreaterThan(500)
  })

  it('uses the thresholds of its model', () => expect(THRESHOLDS.rotationOctets).toBe(1024))
})
