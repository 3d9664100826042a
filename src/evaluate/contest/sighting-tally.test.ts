import { expect, it } from 'vitest'
import { type Row, rowsToBatch, START_MS } from '../../batch/rows.testing.ts'
import { Canonicaliser } from '../../detect/canonical.ts'
import { CanonicalBatch } from '../../detect/canonical-batch.ts'
import { loadPublicSuffixes } from '../../dns/public-suffix.ts'
import { UNREGISTERED } from './sighting.ts'
import { SightingTally } from './sighting-tally.ts'

function tallied(rows: Row[]) {
  const canonical = new CanonicalBatch()
  new Canonicaliser(loadPublicSuffixes(), 0).canonicalise(rowsToBatch(rows), canonical)
  const tally = new SightingTally(UNREGISTERED)
  tally.add(canonical)
  return new Map(tally.finish().map((domain) => [domain.domain, domain]))
}

it('keeps distinct prefixes as first spelled, and every query of them', () => {
  const names = ['Www.example.com', 'www.EXAMPLE.com', 'example.com', 'a.b.example.com']
  const [domain] = tallied(
    names.map((qname, i) => ({ qname, time: START_MS + i, qtype: i === 3 ? 'TXT' : 'A' })),
  ).values()
  expect(domain).toMatchObject({ domain: 'example.com', queries: 4, addressQueries: 3 })
  expect(domain.prefixes).toEqual(['Www', 'a.b'])
  expect(domain.asked).toEqual([0, 0, 1])
  expect(domain.times.map((time) => time - START_MS)).toEqual([0, 1, 3])
})

it('leaves out domains without a prefix, reverse names, and what went no further than the link', () => {
  const rows: Row[] = [
    { qname: 'example.com' },
    { qname: '5.0.0.10.in-addr.arpa' },
    { qname: 'printer.local', transport: 'multicast' },
    { qname: 'www.example.net' },
  ]
  expect([...tallied(rows).keys()]).toEqual(['example.net'])
})

it('books the first name under each domain that nobody registered as one more sighting', () => {
  const rows: Row[] = ['dnscat.0123ab', 'dnscat.4567cd', 'x.corp.internallan', 'y.corp.internallan'].map((qname) => ({
    qname,
  }))
  expect(tallied(rows).get(UNREGISTERED)?.prefixes).toEqual(['dnscat.0123ab', 'dnscat.4567cd', 'x.corp.internallan'])
})

it('tallies the window of every domain, without names that an answer had brought', () => {
  const rows: Row[] = [
    { qname: 'a.example.com', qtype: 'CNAME', targets: ['b.example.com'] },
    { qname: 'b.example.com', time: START_MS + 1000 },
    { qname: 'c.example.com', time: START_MS + 2000 },
  ]
  const { window, prefixes } = tallied(rows).get('example.com')!
  expect(prefixes).toEqual(['a', 'b', 'c'])
  expect(window).toMatchObject({ queries: 3, novelNames: 2 })
})
