import { beforeAll, describe, expect, it } from 'vitest'
import { DnsBatch } from '../../src/batch/dns-batch.ts'
import { addRow, type Row, START_MS, wire } from '../../src/batch/rows.testing.ts'
import { Detector, PARTITIONS } from '../../src/detect/detector.ts'
import type { DomainState } from '../../src/detect/domain-state.ts'
import { ROW_OCTETS } from '../../src/detect/flat-table.ts'
import { loadDetectionModel } from '../../src/detect/load-detection-model.ts'
import { loadPublicSuffixes } from '../../src/dns/public-suffix.ts'
import { createRandom, randomInteger } from '../../src/stats/random.ts'

const ROWS = 200_000
const ROWS_MAX = 1 << 15
const RICH_MAX = 2000
const RICH_OCTETS_MAX = 3 * 1024 * 1024
const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'
const HEX = '0123456789abcdef'
const DOMAIN = 'c2.example.com'

/** The drill of bench/flood.mjs, small: names nobody asks for twice, and a tunnel started in the middle of them. */
function flood(): Detector {
  const random = createRandom(1)
  const draw = (length: number, alphabet: string) =>
    Array.from({ length }, () => alphabet[randomInteger(random, alphabet.length)]).join('')
  const limits = { rowsMax: ROWS_MAX, richMax: RICH_MAX, richOctetsMax: RICH_OCTETS_MAX }
  const detector = new Detector(loadDetectionModel(), loadPublicSuffixes(), { timed: true, ...limits })
  const batch = new DnsBatch()
  for (let i = 0; i < ROWS; i++) {
    const row: Row = {
      time: START_MS + i / 10,
      qname: `${draw(4 + (i % 13), LETTERS)}.${draw(12, LETTERS)}.com`,
      rcode: 3,
    }
    const client = `10.0.${i & 7}.${i & 255}`
    if (i > ROWS / 2 && i % 1000 === 0) {
      const qname = `${draw(60, HEX)}.${draw(38, HEX)}.${DOMAIN}`
      addRow(batch, { ...row, qname, rcode: 0, qtype: 'TXT', textOctets: 64, answer: i, client: '10.9.9.9' })
    } else addRow(batch, { ...row, client })
    if (batch.full || i + 1 === ROWS) {
      detector.process(batch)
      batch.clear()
    }
  }
  detector.finish()
  return detector
}

describe('two hundred thousand domains that nobody asks for twice', () => {
  let detector: Detector
  let states: DomainState[]

  beforeAll(() => {
    detector = flood()
    states = detector.partitions.flatMap(({ rich }) => [...rich.values()])
  }, 120_000)

  it('do not hide a tunnel started amid them', () => {
    const key = Buffer.from(wire('example.com'))
    const tunnel = states.find((state) => key.equals(state.domain))
    expect(tunnel?.alert?.queries).toBeLessThanOrEqual(6)
    expect(states.filter((state) => state.alert && state !== tunnel)).toEqual([])
    expect(detector.clients.alerts()).toEqual([])
  })

  it('fill the table to its cap, and displace each other', () => {
    const held = detector.partitions.map(({ table }) => table.words.byteLength)
    expect(held).toEqual(held.map(() => (ROWS_MAX / PARTITIONS) * ROW_OCTETS))
    const [rows, displaced] = [
      detector.partitions.reduce((sum, { table }) => sum + table.size, 0),
      detector.partitions.reduce((sum, { table }) => sum + table.evicted, 0),
    ]
    expect(rows).toBeLessThanOrEqual(ROWS_MAX)
    expect(rows + displaced).toBeGreaterThan(ROWS * 0.99)
  })

  it('are held to the rich tier’s count and memory', () => {
    for (const { rich } of detector.partitions) {
      expect(rich.size).toBeLessThanOrEqual(RICH_MAX / PARTITIONS)
      const octets = [...rich.values()].reduce((sum, state) => sum + state.sizeBytes, 0)
      // Looked at every 128 names: that much may come on top.
      expect(octets).toBeLessThanOrEqual((RICH_OCTETS_MAX / PARTITIONS) * 1.5)
    }
    expect(states.length).toBeGreaterThan(RICH_MAX / 4)
  })

  it('leave few facts of the minute and of clients', () => {
    expect([...detector.clients.all()].length).toBeLessThanOrEqual(8192)
  })
})
