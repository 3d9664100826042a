import { describe, expect, it } from 'vitest'
import { newCounts } from '../input-counts.ts'
import { memoryInput, OPTIONS, readContent, readRows } from '../logs/log.testing.ts'
import { bind } from './bind.ts'
import { coredns } from './coredns.ts'
import { dnsdist } from './dnsdist.ts'
import { dnsmasq } from './dnsmasq.ts'
import { RESOLVER_LOGS } from './index.ts'
import { lineTime, readLineTime } from './line-time.ts'
import { openResolverLog, type ResolverLog } from './resolver-log.ts'
import { unbound } from './unbound.ts'

const read = (log: ResolverLog, ...lines: string[]) =>
  readContent(Buffer.from(`${lines.join('\n')}\n`, 'latin1'), openResolverLog(log))

describe('BIND', () => {
  it('reads name, client, type, transport and recursion of each form of its line', async () => {
    const { rows, counts } = await read(
      bind,
      '2026-11-22T11:06:24.678 queries: info: client @0x7ffa162d6098 10.20.15.10#53924 (a.de): query: a\\255\\.b.de IN NULL + (10.20.15.1)',
      '22-Nov-2026 11:06:25.000 client 2001:db8::5#41 (B.de): view inside: query: B.de IN TYPE65 -E(0)TDC (2001:db8::1)',
      'Nov 22 11:06:26 ns1 named[77]: client @0x1 10.0.0.9#1 (c.de): query: c.de CH TXT +',
      '22-Nov-2026 11:06:26.000 general: info: running',
    )
    expect(rows.map(({ qname, qtype, client, transport }) => [qname, qtype, client, transport])).toEqual([
      ['a\\255\\.b.de', 10, '10.20.15.10', 1],
      ['B.de', 65, '2001:db8::5', 2],
      ['c.de', 16, '10.0.0.9', 1],
    ])
    expect(rows.map(({ timeMs }) => new Date(timeMs).toISOString())).toEqual([
      '2026-11-22T11:06:24.678Z',
      '2026-11-22T11:06:25.000Z',
      '2026-11-22T11:06:26.000Z',
    ])
    expect(rows.map(({ flags }) => (flags & 0x0100) !== 0)).toEqual([true, false, true])
    expect(rows.every(({ marks }) => marks.includes('namesOnly'))).toBe(true)
    expect(counts).toMatchObject({ queries: 3, skipped: 1, malformed: {} })
  })
})

describe('Unbound', () => {
  const LINE = 'Nov 22 11:06:24 unbound[8141:0] info: 10.0.0.1'

  it('joins a query and its answer; an error is known whole, of other answers only that there was one', async () => {
    const { rows, counts } = await read(
      unbound,
      `${LINE} a.de. A IN`,
      `${LINE} b.de. TXT IN`,
      `${LINE} b.de. TXT IN NXDOMAIN 0.030236 0 88`,
      `${LINE} a.de. A IN NOERROR 0.000500 1 141`,
    )
    expect(rows.map(({ qname, rcode, roundTripMs }) => [qname, rcode, roundTripMs])).toEqual([
      ['b.de', 3, 30.236],
      ['a.de', -1, 0.5],
    ])
    expect(counts).toMatchObject({ queries: 2, responses: 2, messages: 4, rows: 2 })
  })

  it('makes an exchange of an answer whose query was not logged, at the time it was asked', async () => {
    const { rows } = await read(unbound, '[1700000010] unbound[1:0] reply: ::1 a.de. MX IN SERVFAIL 2.500000 0 40')
    expect(rows).toMatchObject([{ qname: 'a.de', client: '::1', timeMs: 1700000007500, rcode: 2 }])
  })

  it('marks a name whose octets became question marks, and a query asked again before its answer', async () => {
    const { rows } = await read(unbound, `${LINE} a??.de. A IN`, `${LINE} a??.de. A IN`)
    expect(rows.map(({ marks }) => [marks.includes('nameLossy'), marks.includes('retransmission')])).toEqual([
      [true, true],
      [true, false],
    ])
  })

  it('lets a query go 5 s of event time after it, and all of them when one line jumps', async () => {
    const at = (seconds: number, name: string) => `[${1.7e9 + seconds}] unbound[1:0] info: 10.0.0.1 ${name}. A IN`
    const answer = (seconds: number, name: string) => `${at(seconds, name)} NXDOMAIN 0.1 0 9`
    const { rows } = await read(unbound, at(0, 'a.de'), at(6, 'b.de'), answer(6, 'a.de'), answer(7, 'b.de'))
    expect(rows.map(({ qname, rcode }) => [qname, rcode])).toEqual([
      ['a.de', -1],
      ['a.de', 3],
      ['b.de', 3],
    ])
  })
})

describe('a log that shows no answers', () => {
  it('is known for one after 64 queries, which then wait for nothing; the first answer changes that', async () => {
    const at = (second: number, name: string) => `[${1.7e9 + second}] unbound[1:0] info: 10.0.0.1 ${name}. A IN`
    const queries = Array.from({ length: 70 }, (_, i) => at(0, `n${i}.de`))
    const answers = [`${at(1, 'n69.de')} NXDOMAIN 0.1 0 9`, at(1, 'x.de'), `${at(2, 'x.de')} NXDOMAIN 0.1 0 9`]
    const { rows } = await read(unbound, ...queries, ...answers)
    expect(rows.slice(0, 70).map(({ qname }) => qname)).toEqual(queries.map((_, i) => `n${i}.de`))
    expect(rows.slice(70).map(({ qname, rcode }) => [qname, rcode])).toEqual([
      ['n69.de', 3],
      ['x.de', 3],
    ])
  })
})

describe('dnsmasq', () => {
  const at = 'Nov 22 11:06:24 dnsmasq[8139]:'

  it('joins the lines of an answer by serial number: aliases, addresses, texts', async () => {
    const { rows, counts } = await read(
      dnsmasq,
      `${at} 1 10.0.0.1/5311 query[A] www.a.de from 10.0.0.1`,
      `${at} 2 10.0.0.1/5312 query[TXT] t.a.de from 10.0.0.1`,
      `${at} 1 10.0.0.1/5311 forwarded www.a.de to 10.0.0.2`,
      `${at} 1 10.0.0.1/5311 reply www.a.de is <CNAME>`,
      `${at} 2 10.0.0.1/5312 reply t.a.de is hello there`,
      `${at} 1 10.0.0.1/5311 reply cdn.a.de is 192.0.2.1`,
      `${at} 1 10.0.0.1/5311 reply cdn.a.de is 192.0.2.2`,
    )
    expect(rows).toMatchObject([
      { qname: 'www.a.de', answers: 3, addressOctets: 8, targets: ['cdn.a.de'], rcode: 0 },
      { qname: 't.a.de', answers: 1, textOctets: 11 },
    ])
    expect(counts).toMatchObject({ queries: 2, responses: 2, skipped: 1 })
  })

  it('reads what Pi-hole writes: no serial number, lists that block, types by number', async () => {
    const { rows } = await read(
      dnsmasq,
      `${at} query[type=65] ads.de from fe80::1`,
      `${at} gravity blocked ads.de is 0.0.0.0`,
      `${at} query[AAAA] gone.de from 10.0.0.7`,
      `${at} cached gone.de is NXDOMAIN`,
    )
    expect(rows.map(({ qname, qtype, client, rcode }) => [qname, qtype, client, rcode])).toEqual([
      ['ads.de', 65, 'fe80::1', 0],
      ['gone.de', 28, '10.0.0.7', 3],
    ])
  })

  it('takes the same name of another type or client for a question of its own, where the name is all there is to join by', async () => {
    const { rows } = await read(
      dnsmasq,
      `${at} query[A] a.de from 10.0.0.7`,
      `${at} query[AAAA] a.de from 10.0.0.7`,
      `${at} query[A] a.de from 10.0.0.8`,
      `${at} query[A] a.de from 10.0.0.7`,
    )
    expect(rows.filter(({ marks }) => marks.includes('retransmission'))).toHaveLength(1)
    expect(rows).toHaveLength(4)
  })

  it('is not told who asked by a name that says so, and counts names it is not shown', async () => {
    const { rows, counts } = await read(
      dnsmasq,
      `${at} 1 10.0.0.1/5311 query[A] x from 10.9.9.9 from 10.0.0.1`,
      `${at} 2 10.0.0.1/5311 query[A] <name unprintable> from 10.0.0.1`,
      `${at} 2 10.0.0.1/5311 reply <name unprintable> is 192.0.2.1`,
    )
    expect(rows).toMatchObject([{ client: '10.0.0.1', qname: 'x\\032from\\03210.9.9.9' }])
    expect(counts.malformed).toEqual({ 'name-unprintable': 1 })
  })
})

describe('dnsdist and CoreDNS', () => {
  it('reads nanoseconds that have no leading zeros', async () => {
    const { rows } = await read(
      dnsdist,
      '[1795345649.86384514] Packet from 10.0.0.1:48191 for a\\188.de. TYPE10 with id 13568',
      '[1795345649.104912848] Packet from [2001:db8::1]:1 for b.de. AAAA with id 1',
    )
    expect(rows.map(({ timeMs, client, qtype }) => [timeMs, client, qtype])).toEqual([
      [1795345649086.3845, '10.0.0.1', 10],
      [1795345649104.9128, '2001:db8::1', 28],
    ])
  })

  it('reads CoreDNS behind the time of a container log, and counts lines without any', async () => {
    const line = '[INFO] 10.240.0.1:40212 - 50759 "TXT IN a.de. tcp 29 false 512" NXDOMAIN qr,rd,ra 68 0.001s'
    const { rows, counts } = await read(coredns, `2026-11-22T11:06:24.678123456Z stdout F ${line}`, line)
    expect(rows).toMatchObject([{ qname: 'a.de', qtype: 16, transport: 2, rcode: 3, roundTripMs: 1 }])
    expect(counts.malformed).toEqual({ 'time-invalid': 1 })
  })
})

describe('times without a year', () => {
  const year = (text: string, written: string) =>
    readLineTime(text, Date.parse(written)) ? new Date(lineTime.timeMs).toISOString().slice(0, 10) : undefined

  it('are the last ones before the file was written', () => {
    expect(year('Dec 31 23:59:59 x', '2026-01-01T00:10:00Z')).toBe('2025-12-31')
    expect(year('Jan  1 00:00:01 x', '2026-01-01T00:10:00Z')).toBe('2026-01-01')
    // Written ahead of UTC.
    expect(year('Jan  2 09:00:01 x', '2026-01-01T22:10:00Z')).toBe('2026-01-02')
    expect(year('Feb 29 09:00:01 x', '2027-06-01T00:00:00Z')).toBe('2024-02-29')
    expect(year('Feb 30 09:00:01 x', '2027-06-01T00:00:00Z')).toBeUndefined()
    expect(year('Nov 22 11:06:24 x', 'nothing')).toBeUndefined()
  })
})

describe('a log that is followed into the next year', () => {
  it('is dated by when it is written, line by line', async () => {
    const times = [Date.parse('2026-12-31T23:59:59Z'), Date.parse('2027-01-03T00:00:05Z')]
    const lines = ['Dec 31 23:59:58', 'Jan  3 00:00:00'].map((at) => `${at} unbound[1:0] info: 10.0.0.1 a.de. A IN`)
    const file = memoryInput(`${lines.join('\n')}\n`)
    Object.defineProperty(file, 'writtenMs', { get: () => times.shift() })
    const source = await openResolverLog(unbound)(file, newCounts('x'), OPTIONS)
    const dates = (await readRows(source)).map(({ timeMs }) => new Date(timeMs).toISOString().slice(0, 10))
    expect(dates).toEqual(['2026-12-31', '2027-01-03'])
  })
})

describe('L6: lines made to be slow', () => {
  const HOSTILE = [
    'client '.repeat(40_000),
    `client @0x1 ${'('.repeat(100_000)}): query: `,
    `unbound[1:0] info: ${':'.repeat(200_000)}`,
    `dnsmasq[1]: query[A] ${' from '.repeat(60_000)}`,
    `Packet from ${'['.repeat(200_000)}`,
    `[INFO] ${'1:'.repeat(100_000)} - 1 "A IN`,
    `[INFO] 1.1.1.1:1 - 1 "A IN ${'a'.repeat(200_000)}`,
  ]

  // A pattern that backtracked would take years, not the seconds the runner allows.
  it.each(RESOLVER_LOGS.map((log) => [log.type, log] as const))('%s reads each once', async (_, log) => {
    const lines = HOSTILE.flatMap((line) => [`2026-11-22T11:06:24Z ${line}`, line])
    const { rows, counts } = await read(log, ...lines)
    const problems = Object.values(counts.malformed).reduce((sum, count) => sum + count, 0)
    expect(rows.length + problems + counts.skipped).toBeGreaterThanOrEqual(lines.length)
    for (const line of lines) log.claims(line)
  })
})
