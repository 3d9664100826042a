import packet, { type Answer, type Packet, type RecordType } from 'dns-packet'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../stats/random.ts'
import { decode } from './message.testing.ts'
import { parseType } from './types.ts'

/** What our decoder should say of one record, told by the data it was composed from. */
interface Expected {
  kind: 0 | 1 | 2 | 3
  octets: number
  around: number
  target?: string
}

type Random = () => number
const below = (random: Random, n: number) => Math.floor(random() * n)
const buffer = (random: Random, n: number) => Buffer.from(Array.from({ length: n }, () => below(random, 256)))

function name(random: Random): string {
  const label = () => Array.from({ length: 1 + below(random, 20) }, () => ALPHABET[below(random, 38)]).join('')
  return Array.from({ length: 1 + below(random, 6) }, label).join('.')
}
const ALPHABET = 'abcdefghijklmnopqrstuvwxyzABC012345-_/'

const target = (text: string, around: number): Expected => ({ kind: 2, octets: text.length + 1, around, target: text })
const raw = (octets: number): Expected => ({ kind: 3, octets, around: 0 })

/** Random data for each type dns-packet can write, and what to expect of it. */
const makers: Record<string, (random: Random) => [data: unknown, expected: Expected]> = {
  A: (random) => [[...buffer(random, 4)].join('.'), { kind: 0, octets: 4, around: 0 }],
  AAAA: (random) => [buffer(random, 16).toString('hex').match(/..../g)!.join(':'), { kind: 0, octets: 16, around: 0 }],
  TXT: (random) => {
    const strings = Array.from({ length: 1 + below(random, 4) }, () => buffer(random, below(random, 200)))
    return [strings, { kind: 1, octets: Buffer.concat(strings).length, around: 0 }]
  },
  NULL: (random) => {
    const data = buffer(random, below(random, 300))
    return [data, raw(data.length)]
  },
  KEY: (random) => [buffer(random, 50), raw(50)],
  CNAME: (random) => both(name(random), 0),
  NS: (random) => both(name(random), 0),
  PTR: (random) => both(name(random), 0),
  DNAME: (random) => both(name(random), 0),
  MX: (random) => {
    const exchange = name(random)
    return [{ preference: below(random, 65536), exchange }, target(exchange, 2)]
  },
  SRV: (random) => {
    const to = name(random)
    return [{ port: 1, priority: 2, weight: below(random, 9), target: to }, target(to, 6)]
  },
  SOA: (random) => {
    const [mname, rname] = [name(random), name(random)]
    return [{ mname, rname, serial: below(random, 2 ** 32) }, target(mname, rname.length + 2 + 20)]
  },
  DNSKEY: (random) => [{ flags: 257, algorithm: 8, key: buffer(random, 64) }, raw(68)],
  DS: (random) => [{ keyTag: 1, algorithm: 8, digestType: 2, digest: buffer(random, 32) }, raw(36)],
  CAA: () => [{ tag: 'issue', value: 'ca.example' }, raw(17)],
  HINFO: () => [{ cpu: 'abc', os: 'de' }, raw(7)],
  SSHFP: () => [{ algorithm: 1, hash: 1, fingerprint: 'ab'.repeat(20) }, raw(22)],
}

function both(text: string, around: number): [string, Expected] {
  return [text, target(text, around)]
}

const TYPES = Object.keys(makers) as RecordType[]

describe('against dns-packet', () => {
  it('decodes 3,000 random messages to what they were composed of', () => {
    const random = createRandom(2024)
    for (let i = 0; i < 3000; i++) check(random)
  })
})

function check(random: Random): void {
  const qname = name(random)
  const qtype = TYPES[below(random, TYPES.length)]
  const expected: Expected[] = []
  const answers = Array.from({ length: below(random, 6) }, () => {
    const type = TYPES[below(random, TYPES.length)]
    const [data, what] = makers[type](random)
    expected.push(what)
    return { type, name: qname, ttl: below(random, 2 ** 31), data } as Answer
  })
  const padding = below(random, 20)
  const unknown = below(random, 20)
  const edns = random() < 0.5
  const opt = {
    type: 'OPT',
    name: '.',
    udpPayloadSize: 512 + below(random, 4000),
    extendedRcode: below(random, 16),
    options: [
      { code: 12, data: buffer(random, padding).fill(1) },
      { code: 65001, data: buffer(random, unknown) },
      { code: 'CLIENT_SUBNET', family: 1, sourcePrefixLength: 20, ip: '10.1.2.0' },
    ],
  } as unknown as Answer
  const composed: Packet = {
    type: random() < 0.5 ? 'query' : 'response',
    id: below(random, 65536),
    flags: below(random, 2 ** 15),
    questions: [{ type: qtype, name: qname }],
    answers,
    authorities: random() < 0.3 ? [{ type: 'NS', name: qname, data: 'ns.example' }] : [],
    additionals: edns ? [opt] : [],
  }
  const found = decode(packet.encode(composed))
  const out = found.message
  expect(found.reasons).toEqual([])
  expect(found.name).toBe(qname)
  expect(out).toMatchObject({ id: composed.id, qtype: parseType(qtype), qclass: 1, questionCount: 1 })
  expect(out.flags).toBe(composed.flags! | (composed.type === 'response' ? 0x8000 : 0))
  expect(out.labelCount).toBe(qname.split('.').length)
  expect(out.answerCount).toBe(answers.length)
  const sums = [0, 0, 0, 0]
  for (const record of expected) {
    sums[record.kind] += record.octets
    sums[3] += record.around
  }
  expect([...out.answerOctets]).toEqual(sums)
  expect(found.targets).toEqual(expected.flatMap((record) => record.target ?? []))
  const ttls = answers.map((answer) => (answer as { ttl: number }).ttl)
  expect(out.ttlMinSeconds).toBe(ttls.length === 0 ? -1 : Math.min(...ttls))
  const rcode = composed.flags! & 15
  if (!edns) expect(out).toMatchObject({ ednsSizeBytes: 0, rcode, paddingOctets: 0, ednsUnknownOctets: 0 })
  else {
    const { udpPayloadSize, extendedRcode } = opt as { udpPayloadSize: number; extendedRcode: number }
    expect(out).toMatchObject({ ednsSizeBytes: udpPayloadSize, rcode: (extendedRcode << 4) | rcode })
    expect(out).toMatchObject({ paddingOctets: padding, paddingNonZero: padding > 0, ednsUnknownOctets: unknown })
  }
}
