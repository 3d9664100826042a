import { describe, expect, it } from 'vitest'
import { type Row, rowsToBatches, START_MS, wire } from '../batch/rows.testing.ts'
import { loadPublicSuffixes } from '../dns/public-suffix.ts'
import { createRandom, randomInteger } from '../stats/random.ts'
import { detect, plainModel, stateOf } from './detect.testing.ts'
import { Detector } from './detector.ts'

const random = createRandom(11)
const hex = (length: number) => Array.from({ length }, () => '0123456789abcdef'[randomInteger(random, 16)]).join('')
const DAY = 86_400_000

/** `count` queries of a tunnel, a second each. */
function tunnel(count: number, change: (i: number) => Partial<Row> = () => ({})): Row[] {
  return Array.from({ length: count }, (_, i) => ({
    time: START_MS + i * 1000,
    qname: `${hex(60)}.evil.com`,
    qtype: 'TXT',
    textOctets: 60,
    answer: i,
    ...change(i),
  }))
}

describe('a domain', () => {
  it('alerts at the fourth clear exchange', () => {
    const state = stateOf(detect(tunnel(10), plainModel(5)), 'evil.com')!
    expect(state.alert).toMatchObject({ queries: 4, timeMs: START_MS + 3000, detectors: ['sequential-answers'] })
    expect(state.alert?.prefixOctets).toBe(4 * 60)
    expect([state.queries, state.novelNames]).toEqual([10, 10])
  })

  it('alerts by its account at the latest, at half a kilobyte, where no model speaks', () => {
    const state = stateOf(detect(tunnel(40), plainModel(-5)), 'evil.com')!
    expect(state.alert?.detectors).toEqual(['account'])
    expect(state.alert!.octets).toBeGreaterThan(512)
    expect(state.alert!.octets).toBeLessThan(512 + 60)
  })

  it('is charged for new names only', () => {
    const rows = tunnel(1)
    const again = Array.from({ length: 500 }, (_, i) => ({ ...rows[0], time: START_MS + i * 1000 }))
    const state = stateOf(detect(again, plainModel(5)), 'evil.com')!
    expect([state.novelNames, state.queries, state.alert]).toEqual([1, 500, undefined])
  })

  it('is not charged for names it referred to', () => {
    const targets = Array.from({ length: 200 }, () => `${hex(40)}.evil.com`)
    const rows = targets.flatMap((target, i) => [
      { qname: `www.shop${i}.com`, targets: [target], time: START_MS + i },
      { qname: target, time: START_MS + i },
    ])
    expect(stateOf(detect(rows, plainModel(5)), 'evil.com')).toBeUndefined()
  })

  it('is one test a client: two clients’ exchanges do not add up', () => {
    const rows = tunnel(6, (i) => ({ client: `10.0.0.${1 + (i % 2)}` }))
    expect(stateOf(detect(rows, plainModel(5)), 'evil.com')?.alert).toBeUndefined()
    expect(
      stateOf(
        detect(
          tunnel(8, (i) => ({ client: `10.0.0.${1 + (i % 2)}` })),
          plainModel(5),
        ),
        'evil.com',
      )?.alert,
    ).toBeDefined()
  })

  it('is not moved by retransmissions and second sights', () => {
    const rows = tunnel(3).flatMap((row) => [
      row,
      { ...row, marks: 4 },
      { ...row, client: '10.0.0.53', resolver: '192.0.2.1' },
    ])
    const state = stateOf(detect(rows, plainModel(5)), 'evil.com')!
    expect([state.queries, state.novelNames, state.alert]).toEqual([3, 3, undefined])
  })

  it('is spelled as its names, folded, and keeps their case as evidence', () => {
    const detector = detect([{ qname: `DeadBeef${hex(30)}.EVIL.Com` }], plainModel())
    const state = stateOf(detector, 'evil.com')!
    expect(Buffer.from(state.domain).equals(wire('evil.com'))).toBe(true)
    expect(Buffer.from(state.samples.first[0]).toString('latin1')).toContain('DeadBeef')
  })

  it('remembers the name it was promoted by even where its row was full', () => {
    // Two places for rich domains a partition: the newcomer waits until it is richer than both that are in.
    const early = Array.from({ length: 400 }, (_, i) => ({ qname: `${hex(10)}.d${i}.com`, time: START_MS + i }))
    const late = Array.from({ length: 8 }, (_, i) => ({ qname: `${hex(4)}.evil.com`, time: START_MS + 1000 + i }))
    const detector = detect([...early, ...late, ...late], plainModel(-5), { richMax: 32 })
    const state = stateOf(detector, 'evil.com')!
    // The row keeps four; those between the fourth and the promotion were forgotten, the last was not.
    const charged = state.novelNames
    expect(charged).toBeLessThanOrEqual(8 + 4)
    const again = detect([...early, ...late, ...late, ...late], plainModel(-5), { richMax: 32 })
    expect(stateOf(again, 'evil.com')!.novelNames).toBe(charged)
  })

  it('keeps its evidence when it must give way', () => {
    const rows = tunnel(3, (i) => ({ qname: `${hex(10)}.evil.com`, time: START_MS + i }))
    // A client a name, so that none of these alerts: alerts never give way.
    const flood = Array.from({ length: 1200 }, (_, i) => ({
      qname: `${hex(50)}.d${i % 600}.com`,
      time: START_MS + 10 + i,
      client: `10.9.${i >> 8}.${i & 255}`,
    }))
    const detector = detect([...rows, ...flood], plainModel(5), { richMax: 32 })
    expect(stateOf(detector, 'evil.com')).toBeUndefined()
    detector.process(
      rowsToBatches(
        tunnel(8, (i) => ({ time: START_MS + 9000 + i })),
        10,
      )[0],
    )
    // With the three exchanges of before it alerts as soon as it is rich again.
    const { alert } = stateOf(detector, 'evil.com')!
    expect(alert?.queries).toBeLessThan(8)
    expect(alert?.detectors).toContain('sequential-answers')
  })

  it('closes after seven days of silence, and opens anew with what it heard', () => {
    const rows = tunnel(5)
    const late = tunnel(5, (i) => ({ time: START_MS + 8 * DAY + i * 1000 }))
    const detector = detect([...rows, ...late, { ...rows[0], time: START_MS + 8 * DAY + 9000 }], plainModel(5))
    const closed = detector.partitions.flatMap((partition) => partition.closed)
    expect(closed.map((state) => [state.firstMs, state.queries])).toEqual([[START_MS, 5]])
    const state = stateOf(detector, 'evil.com')!
    expect([state.firstMs, state.queries, state.novelNames]).toEqual([START_MS + 8 * DAY, 6, 5])
  })
})

describe('names nobody had to register', () => {
  it('are one incident of their client', () => {
    const rows = tunnel(30, (i) => ({ qname: `${hex(50)}.${hex(8)}${i}x` }))
    const [group] = detect(rows, plainModel(5)).clients.alerts()
    expect(group.invented).toBe(true)
    expect(group.alert?.queries).toBe(4)
  })

  it('are counted once each, though they have a prefix', () => {
    const rows = tunnel(3, (i) => ({ qname: `${hex(20)}.${hex(8)}.top${i}x` }))
    const groups = [...detect(rows, plainModel(5)).clients.all()]
    expect(groups.filter((group) => group.invented).map((group) => [group.queries, group.alert])).toEqual([
      [3, undefined],
    ])
  })

  it('have their domains folded', () => {
    const rows = tunnel(10, (i) => ({ qname: `${hex(50)}.ABC${i}.Nosuchtop` }))
    const [group] = detect(rows, plainModel(5)).clients.alerts()
    expect(Buffer.from(group.domains[0]).equals(wire('abc0.nosuchtop'))).toBe(true)
  })

  it('say little where they are one short label, as hosts and browsers ask', () => {
    const rows = tunnel(200, (i) => ({ qname: `host${i}`, rcode: 3 }))
    expect(detect(rows, plainModel(5)).clients.alerts()).toEqual([])
  })
})

describe('a tunnel that rotates', () => {
  it('is an incident of its client', () => {
    const rows = tunnel(60, (i) => ({ qname: `${hex(60)}.d${i}.com` }))
    const [group] = detect(rows, plainModel(5)).clients.alerts()
    expect([group.invented, group.alert!.detectors]).toEqual([false, ['client-account']])
  })
})

describe('a name list', () => {
  it('decays nothing, has no client stage, and judges by its plain sum', () => {
    const rows = tunnel(30, () => ({
      time: Number.NaN,
      client: '',
      qname: `${hex(8 + randomInteger(random, 40))}.x${hex(3)}.evil.com`,
    }))
    const state = stateOf(detect(rows, plainModel(2), { timed: false }), 'evil.com')!
    expect(state.alert?.detectors).toEqual(['sequential-names'])
    expect([state.firstMs, state.alert?.timeMs]).toEqual([Number.NaN, Number.NaN])
    const dear = detect(
      tunnel(300, () => ({ time: Number.NaN, client: '' })),
      plainModel(-1),
      { timed: false },
    )
    expect(stateOf(dear, 'evil.com')?.alert).toBeUndefined()
  })
})

describe('batches', () => {
  const rows = [...tunnel(20), ...tunnel(40, (i) => ({ qname: `${hex(30)}.d${i % 7}.com` }))]
  const told = (detector: Detector) =>
    detector.partitions.flatMap(({ rich }) =>
      [...rich.values()].map((state) => [
        Buffer.from(state.domain).toString(),
        state.octets,
        state.queries,
        state.alert,
      ]),
    )

  it.each([1, 7, 60])('of %i rows give the same as one', (size) => {
    const detector = new Detector(plainModel(2), loadPublicSuffixes(), { timed: true })
    for (const batch of rowsToBatches(rows, size)) detector.process(batch)
    detector.finish()
    expect(told(detector)).toEqual(told(detect(rows, plainModel(2))))
  })

  it('may be larger than the usual', () => {
    const many = Array.from({ length: 9000 }, (_, i) => ({ qname: `${hex(20)}.d${i}.com`, time: START_MS + i }))
    expect(detect(many, plainModel()).partitions.reduce((sum, { table }) => sum + table.size, 0)).toBe(9000)
  })

  it('are dealt out to any number of owners', () => {
    for (const owners of [2, 4, 16, 20]) {
      expect(told(detect(rows, plainModel(2), { owners }))).toEqual(told(detect(rows, plainModel(2))))
    }
  })
})
