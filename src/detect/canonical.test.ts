import { describe, expect, it } from 'vitest'
import { DnsBatch } from '../batch/dns-batch.ts'
import { addRow, type Row, START_MS } from '../batch/rows.testing.ts'
import { formatName } from '../dns/name.ts'
import { loadPublicSuffixes } from '../dns/public-suffix.ts'
import { Canonicaliser } from './canonical.ts'
import { CanonicalBatch, NAME_CLASS } from './canonical-batch.ts'

const CLASSES = Object.keys(NAME_CLASS)

interface Seen {
  class: string
  domain: string
  prefix: string
  referred: boolean
  suffixShaped: boolean
  total: number
  key: string
  name: string
}

/** L0's word on each row, in batches of `size`. */
function canonicalise(rows: readonly (Row | string)[], size = 1000): Seen[] {
  const canonicaliser = new Canonicaliser(loadPublicSuffixes(), 0)
  const seen: Seen[] = []
  for (let from = 0; from < rows.length; from += size) {
    const part = rows.slice(from, from + size)
    const batch = new DnsBatch(part.length)
    part.forEach((row, i) => {
      addRow(batch, { time: START_MS + from + i, ...(typeof row === 'string' ? { qname: row } : row) })
    })
    const out = new CanonicalBatch(part.length)
    canonicaliser.canonicalise(batch, out)
    for (let row = 0; row < part.length; row++) {
      const start = batch.nameStart[row]
      seen.push({
        class: CLASSES[out.nameClass[row]],
        domain: formatName(batch.arena, start + out.domainOffset[row], out.domainLength[row]),
        prefix: formatName(batch.arena, start, out.domainOffset[row]),
        referred: out.referred[row] === 1,
        suffixShaped: out.suffixShaped[row] === 1,
        total: out.clientTotal[row],
        key: `${out.domainLo[row]},${out.domainHi[row]}`,
        name: `${out.nameLo[row]},${out.nameHi[row]}`,
      })
    }
  }
  return seen
}

const one = (row: Row | string) => canonicalise([row])[0]

describe('the class and domain of a name', () => {
  it.each<[string | Row, string, string, string]>([
    ['a.b.example.co.uk', 'ordinary', 'example.co.uk', 'a.b'],
    ['example.com', 'ordinary', 'example.com', '.'],
    ['tenant.s3.amazonaws.com', 'ordinary', 'tenant.s3.amazonaws.com', '.'],
    ['x.y.nosuchtop', 'invented', 'y.nosuchtop', 'x'],
    ['y.nosuchtop', 'invented', 'y.nosuchtop', '.'],
    ['payload', 'single', 'payload', '.'],
    ['4.3.2.1.in-addr.arpa', 'reverse', '2.1.in-addr.arpa', '4.3'],
    ['2.1.in-addr.arpa', 'ordinary', '1.in-addr.arpa', '2'],
    [{ qname: 'printer._ipp._tcp.local', transport: 'multicast' }, 'local', '_tcp.local', 'printer._ipp'],
    [{ qname: 'ckacababcacacacacacacacacacacaca', resolverPort: 137 }, 'local', '.', '.'],
    ['.', 'none', '.', '.'],
    ['co.uk', 'none', '.', '.'],
  ])('%o is %s of %s', (row, nameClass, domain, prefix) => {
    expect(one(row)).toMatchObject({ class: nameClass, domain, prefix })
  })

  it('does not depend on case: 0x20 gives the same domain and the same name', () => {
    const [plain, mixed, other] = canonicalise([
      'data.evil.example.com',
      'DaTa.eViL.exAMPLE.Com',
      'dato.evil.example.com',
    ])
    expect([mixed.key, mixed.name]).toEqual([plain.key, plain.name])
    expect([other.key === plain.key, other.name === plain.name]).toEqual([true, false])
  })

  it('depends on the seed in its hashes only', () => {
    const hash = (seed: number) => {
      const batch = new DnsBatch(1)
      addRow(batch, { qname: 'a.example.com' })
      const out = new CanonicalBatch(1)
      new Canonicaliser(loadPublicSuffixes(), seed).canonicalise(batch, out)
      return [out.domainOffset[0], out.domainLo[0]]
    }
    expect(hash(0)[0]).toBe(hash(1)[0])
    expect(hash(0)[1]).not.toBe(hash(1)[1])
  })
})

describe('a search suffix', () => {
  const domains = ['google.com', 'github.com', 'debian.org', 'bbc.co.uk', 'wikipedia.org', 'mozilla.org']
  const learn = (suffix: string, count: number) => [
    ...domains.slice(0, count).map((domain) => `www.${domain}`),
    ...domains.slice(0, count).map((domain) => `www.${domain}.${suffix}`),
  ]

  it.each(['corp.example', 'eng.corp.example', 'a.eng.corp.example'])(
    'is learned after five inner domains: %s',
    (suffix) => {
      const before = canonicalise([...learn(suffix, 4), `mail.mozilla.org.${suffix}`]).at(-1)!
      expect([before.domain, before.suffixShaped]).toEqual(['corp.example', true])
      const after = canonicalise([...learn(suffix, 5), `mail.mozilla.org.${suffix}`]).at(-1)!
      expect([after.domain, after.prefix, after.suffixShaped]).toEqual(['mozilla.org', 'mail', true])
    },
  )

  it('moves the charge: the stripped name has the key of the inner domain and the name of the plain one', () => {
    const seen = canonicalise([...learn('corp.example', 5), 'data.evil.com', 'data.evil.com.corp.example'])
    const [plain, stripped] = seen.slice(-2)
    expect([stripped.key, stripped.name]).toEqual([plain.key, plain.name])
  })

  it('is not learned from domains nobody asked for by themselves', () => {
    const rows = domains.map((domain) => `www.${domain}.corp.example`)
    expect(canonicalise([...rows, ...rows]).map((row) => row.domain)).toEqual(new Array(12).fill('corp.example'))
  })

  it('is learned where its own first label is a top-level name', () => {
    // `www.google.com.dev` is a name of com.dev, which nobody asked for.
    const seen = canonicalise([...learn('dev.corp.example', 5), 'mail.mozilla.org.dev.corp.example'])
    expect(seen.at(-1)!.domain).toBe('mozilla.org')
  })

  it('leaves the suffix’s own names alone', () => {
    const seen = canonicalise([
      ...learn('corp.example', 5),
      'intranet.corp.example',
      'a.b.corp.example',
      'corp.example',
    ])
    expect(seen.slice(-3).map(({ domain, prefix }) => [domain, prefix])).toEqual([
      ['corp.example', 'intranet'],
      ['corp.example', 'a.b'],
      ['corp.example', '.'],
    ])
  })
})

describe('a referral', () => {
  const referring: Row = { qname: 'www.shop.com', targets: ['Edge7.CDN.net', 'mx.other.com'] }

  it('marks names that stood as targets in an earlier answer, whatever their case', () => {
    const seen = canonicalise([referring, 'edge7.cdn.net', 'MX.other.com', 'edge8.cdn.net'])
    expect(seen.map((row) => row.referred)).toEqual([false, true, true, false])
  })

  it('does not look ahead', () => {
    const seen = canonicalise(['edge7.cdn.net', referring, { qname: 'self.shop.com', targets: ['self.shop.com'] }])
    expect(seen.map((row) => row.referred)).toEqual([false, false, false])
  })
})

describe('a client’s total', () => {
  it('counts its queries of all domains, the row at hand included, and nothing twice', () => {
    const seen = canonicalise([
      'a.x.com',
      { qname: 'b.y.com', client: '10.0.0.6' },
      { qname: 'a.x.com', marks: 4 },
      'c.z.com',
      { qname: 'd.z.com', client: '' },
    ])
    expect(seen.map((row) => row.total)).toEqual([1, 1, 1, 2, 0])
  })
})

it('is the same in batches of any size', () => {
  const rows = [
    'www.google.com',
    'a.evil.com',
    'www.google.com.corp.example',
    { qname: 'x.y.com', targets: ['t.u.com'] },
    't.u.com',
  ]
  const many = Array.from({ length: 20 }, () => rows).flat()
  for (const size of [1, 2, 7]) expect(canonicalise(many, size)).toEqual(canonicalise(many))
})
