import { describe, expect, it } from 'vitest'
import { DnsBatch, MARK, VANTAGE } from '../batch/dns-batch.ts'
import { addRow, type Row, START_MS } from '../batch/rows.testing.ts'
import { loadPublicSuffixes } from '../dns/public-suffix.ts'
import { Canonicaliser } from './canonical.ts'
import { CanonicalBatch } from './canonical-batch.ts'

const RESOLVER = '10.0.0.53'

/** A question of the resolver to a name server. */
const upstream = (row: Row): Row => ({ client: RESOLVER, resolver: '192.0.2.1', vantage: 'resolverSide', ...row })

/** What became of each row: side, second sight, counted. */
function track(rows: readonly Row[]): [string, boolean, number][] {
  const batch = new DnsBatch(rows.length)
  rows.forEach((row, i) => {
    addRow(batch, { time: START_MS + i, ...row })
  })
  const out = new CanonicalBatch(rows.length)
  new Canonicaliser(loadPublicSuffixes(), 0).canonicalise(batch, out)
  const sides = Object.keys(VANTAGE)
  return rows.map((_, row) => [
    sides[batch.vantage[row]],
    (batch.marks[row] & MARK.secondVantage) !== 0,
    out.counted[row],
  ])
}

describe('VantageTracker', () => {
  it('counts a query seen on both sides of a resolver once', () => {
    const seen = track([{ qname: 'a.b.example' }, upstream({ qname: 'A.b.Example' })])
    expect(seen).toEqual([
      ['clientSide', false, 1],
      ['resolverSide', true, 0],
    ])
  })

  it('counts the resolver’s own questions, and those of a tap that sees nothing else', () => {
    expect(
      track([upstream({ qname: 'a.b.example' }), upstream({ qname: 'a.b.example' })]).map(([, , counted]) => counted),
    ).toEqual([1, 1])
  })

  it('counts what comes more than ten seconds later', () => {
    const at = (ms: number) => upstream({ qname: 'a.b.example', time: START_MS + ms })
    const [, soon, late] = track([{ qname: 'a.b.example', time: START_MS }, at(10_000), at(10_001)])
    expect([soon[2], late[2]]).toEqual([0, 1])
  })

  it('knows a resolver by being asked, whatever its RD bit says', () => {
    const [, second] = track([{ qname: 'a.b.example' }, upstream({ qname: 'a.b.example', vantage: 'clientSide' })])
    expect(second).toEqual(['resolverSide', true, 0])
  })

  it('takes a host that asks itself for a client', () => {
    const self = { client: '127.0.0.1', resolver: '127.0.0.1' }
    expect(
      track([
        { qname: 'a.b.example', ...self },
        { qname: 'c.b.example', ...self },
      ]).map(([side]) => side),
    ).toEqual(['clientSide', 'clientSide'])
  })

  it('learns no resolver from multicast', () => {
    const group = { resolver: '224.0.0.251', resolverPort: 5353, transport: 'multicast' as const }
    const [, second] = track([
      { qname: 'printer.local', client: '10.0.0.9', ...group },
      { qname: 'a.b.example', client: '224.0.0.251' },
    ])
    expect(second[0]).toBe('clientSide')
  })

  it('does not count retransmissions', () => {
    expect(track([{ qname: 'a.b.example', marks: MARK.retransmission }])[0][2]).toBe(0)
    expect(track([{ qname: 'a.b.example', marks: MARK.retransmission, client: '' }])[0][2]).toBe(0)
  })
})
