import { describe, expect, it } from 'vitest'
import { TRANSPORT, VANTAGE } from '../../batch/dns-batch.ts'
import { FIELDS, readContent, ZEEK_ROWS, zeekLog } from './log.testing.ts'
import { openZeekTsv } from './open-log.ts'

const read = (content: Uint8Array | string, chunkOctets?: number) =>
  readContent(content, openZeekTsv, undefined, chunkOctets)
const row = (query: string, answers = '-') =>
  `1.5 C 10.0.0.1 1 10.0.0.2 53 udp 1 - ${query} 1 C_INTERNET 1 A 0 NOERROR F F T T 0 ${answers} - F`

describe('ZeekTsvSource', () => {
  it('reads every column it knows', async () => {
    const { rows, counts } = await read(zeekLog(ZEEK_ROWS))
    expect(rows).toHaveLength(4)
    expect(rows[0]).toEqual({
      timeMs: 1598549224859.84,
      input: 3,
      position: 8,
      qname: 'portal.example.com',
      labels: 3,
      client: '10.8.0.93',
      resolver: '8.8.8.8',
      resolverPort: 53,
      vantage: VANTAGE.clientSide,
      transport: TRANSPORT.udp,
      qtype: 1,
      qclass: 1,
      rcode: 0,
      flags: 0x0180,
      answers: 2,
      addressOctets: 4,
      textOctets: 0,
      targetOctets: 17,
      rawOctets: 0,
      answerHash: rows[0].answerHash,
      ttlMinSeconds: 59,
      roundTripMs: 10.662,
      targets: ['star.example.net'],
      marks: ['query', 'response', 'hasClient', 'answersFromLog'],
    })
    expect(counts).toMatchObject({ queries: 4, responses: 2, messages: 6, rows: 4, skipped: 0, malformed: {} })
  })

  it('keeps a query without response apart from an empty answer', async () => {
    const { rows } = await read(zeekLog(ZEEK_ROWS))
    expect(rows[1]).toMatchObject({ rcode: -1, qname: 'Missing.Example.com', marks: ['query', 'hasClient'], qtype: 28 })
    expect(rows[1].ttlMinSeconds).toBe(-1)
    expect(rows[1].roundTripMs).toBeNaN()
  })

  it('counts the octets of TXT strings without the words around them, and reads TC, RD and IPv6', async () => {
    const { rows } = await read(zeekLog(ZEEK_ROWS))
    expect(rows[2]).toMatchObject({ textOctets: 8, targetOctets: 0, client: '2001:db8::5', transport: TRANSPORT.tcp })
    expect(rows[2].vantage).toBe(VANTAGE.resolverSide)
    expect(rows[2].marks).toContain('truncated')
    expect(rows[2].flags).toBe(0x0610)
  })

  it('takes link-local groups for multicast, which is no resolver', async () => {
    const { rows } = await read(zeekLog(ZEEK_ROWS))
    expect(rows[3]).toMatchObject({ transport: TRANSPORT.multicast, vantage: VANTAGE.clientSide, resolverPort: 5353 })
  })

  it('hashes answers without regard to their order or the case of names', async () => {
    const { rows } = await read(
      zeekLog([
        row('a.de', 'x.de,192.0.2.1'),
        row('a.de', '192.0.2.1,X.de'),
        row('a.de', 'x.de,192.0.2.2'),
        row('a.de'),
      ]),
    )
    expect(rows[1].answerHash).toBe(rows[0].answerHash)
    expect(rows[2].answerHash).not.toBe(rows[0].answerHash)
    expect(rows[3].answerHash).toBe('0/0')
  })

  it('reads qtype and rcode by name where the numbers are missing', async () => {
    const fields = 'ts query qtype_name rcode_name RD answers'
    const { rows } = await read(zeekLog(['1 a.de HTTPS NXDOMAIN T -', '2 b.de * - T -'], fields))
    expect(rows.map((r) => [r.qtype, r.rcode])).toEqual([
      [65, 3],
      [255, -1],
    ])
    expect(rows[0].marks).toEqual(['query', 'response'])
  })

  it('says so where the log cannot show answers, and knows no vantage without RD', async () => {
    const { rows, source } = await read(zeekLog(['1 10.0.0.1 a.de'], 'ts id.orig_h query'))
    expect(source.timed).toBe(true)
    expect(rows[0]).toMatchObject({ vantage: VANTAGE.unknown, marks: ['query', 'hasClient', 'namesOnly'] })
    const bare = await read(zeekLog(['a.de'], 'query'))
    expect(bare.source.timed).toBe(false)
    expect(bare.rows[0].timeMs).toBeNaN()
  })

  it('prefers the case as seen where Zeek logged it', async () => {
    const { rows } = await read(zeekLog(['1 abc.de aBc.de T', '2 abc.de - T'], 'ts query original_query RD'))
    expect(rows.map((r) => r.qname)).toEqual(['aBc.de', 'abc.de'])
  })

  it('counts a query without a question and makes no row of it', async () => {
    const { rows, counts } = await read(zeekLog([row('-'), row('a.de')]))
    expect(rows.map((r) => r.qname)).toEqual(['a.de'])
    expect(counts).toMatchObject({ queries: 2, skipped: 1 })
  })

  it('knows a response nobody asked for', async () => {
    const announced = '1 C 10.0.0.1 5353 224.0.0.251 5353 udp 0 - a.local - - - - 0 NOERROR T F F F 0 10.0.0.1 5.0 F'
    const { rows, counts } = await read(zeekLog([announced]))
    expect(rows[0].marks).toEqual(['response', 'hasClient', 'answersFromLog'])
    expect(counts).toMatchObject({ queries: 0, responses: 1 })
  })

  it('keeps NetBIOS rows with their port', async () => {
    const { rows } = await read(zeekLog([row('DOMEX').replace(' 53 ', ' 137 ')]))
    expect(rows[0]).toMatchObject({ qname: 'DOMEX', resolverPort: 137 })
  })

  it('keeps rows whose labels hold dots, as far as octets go', async () => {
    const { rows, counts } = await read(
      zeekLog([row('a..b.evil.com'), row('.x.evil.com'), row(`${'a'.repeat(64)}.com`)]),
    )
    expect(rows.map((r) => r.qname)).toEqual(['a.\\.b.evil.com', '\\.x.evil.com'])
    expect(rows[0].marks).toContain('malformed')
    expect(counts.malformed).toEqual({ 'name-ambiguous': 2, 'name-invalid': 1 })
  })

  it('gives the same rows for chunks of any size', async () => {
    const log = zeekLog(ZEEK_ROWS).replaceAll('\n', '\r\n')
    const whole = await read(log)
    for (const size of [1, 7, 64, 1000]) expect((await read(log, size)).rows).toEqual(whole.rows)
  })
})

describe('L2: Zeek headers', () => {
  it('missing: assumes the usual columns, counted, with or without rtt', async () => {
    const { rows, counts } = await read(`${ZEEK_ROWS[0].replaceAll(' ', '\t')}\n`)
    expect(rows[0]).toMatchObject({ qname: 'portal.example.com', qtype: 1, rcode: 0, ttlMinSeconds: 59 })
    expect(counts.malformed).toEqual({ 'header-missing': 1 })
    const old = await read(ZEEK_ROWS[0].replace(' 0.010662', '').replaceAll(' ', '\t'))
    expect(old.rows[0]).toMatchObject({ qname: 'portal.example.com', qtype: 1, ttlMinSeconds: 59 })
  })

  it('changed mid file: the new columns hold from there on', async () => {
    const { rows, counts } = await read(
      `${zeekLog(ZEEK_ROWS.slice(0, 1))}#close\t2023\n${zeekLog(['AAAA x 5 b.de'], 'qtype_name unknown ts query')}`,
    )
    expect(rows[1]).toMatchObject({ qname: 'b.de', qtype: 28, timeMs: 5000, client: '', rcode: -1, vantage: 0 })
    expect(counts.malformed).toEqual({})
  })

  it('another log behind it: its rows are skipped', async () => {
    const conn = '#path\tconn\n#fields\tts\tquery\n1\tno.de\n#path\tdns\n#fields\tts\tquery\n2\tyes.de\n'
    const { rows, counts } = await read(zeekLog([]) + conn)
    expect(rows.map((r) => r.qname)).toEqual(['yes.de'])
    expect(counts.skipped).toBe(1)
  })

  it('unknown fields, fields of another type and cut rows are survived and counted', async () => {
    const fields = 'ts x.new id.orig_h query qtype rcode RD answers TTLs'
    const good = '1 9 10.0.0.1 a.de 1 0 T - -'
    const { rows, counts } = await read(
      zeekLog(
        [good, '1 9 nowhere b.de A x maybe - z', 'never 9 10.0.0.1 c.de 1 0 T - -', '1 9 10.0', `${good} 7`],
        fields,
      ),
    )
    expect(rows.map((r) => r.qname)).toEqual(['a.de', 'b.de', 'a.de'])
    expect(rows[1]).toMatchObject({ client: '', qtype: 0, rcode: -1, vantage: 0 })
    expect(counts.malformed).toEqual({
      'address-invalid': 1,
      'time-invalid': 1,
      'columns-missing': 1,
      'columns-excess': 1,
    })
  })

  it('`-` is no value, `(empty)` is an empty one, and escapes say when neither is meant', async () => {
    const { rows, counts } = await read(
      zeekLog([row('-'), row('(empty)'), row('\\x2d'), row('\\x28empty)'), row('a\\x09\\x2c\\xff\\\\b.de')]),
    )
    expect(rows.map((r) => r.qname)).toEqual(['.', '-', '(empty)', 'a\\009,\\255\\\\b.de'])
    expect(counts.skipped).toBe(1)
  })

  it('other separators and words for nothing are honoured', async () => {
    const log =
      '#separator \\x7c\n#set_separator|;\n#empty_field|EMPTY\n#unset_field|NIL\n#path|dns\n#fields|ts|query|rcode|answers\n'
    const { rows } = await read(`${log}1|a.de|0|192.0.2.1;b.de\n2|NIL|0|NIL\n3|EMPTY|NIL|EMPTY\n4|-|0|NIL;NIL\n`)
    expect(rows.map((r) => [r.qname, r.rcode, r.answers])).toEqual([
      ['a.de', 0, 2],
      ['.', -1, 0],
      ['-', 0, 0],
    ])
    expect((await read(`#separator nonsense here\n${zeekLog(ZEEK_ROWS)}`)).counts.malformed).toEqual({
      'header-invalid': 1,
    })
  })

  it('a header of a million columns or answers without end cost no more than their octets', async () => {
    const wide = `#fields\t${'x\t'.repeat(100_000)}query\n${'1\t'.repeat(100_000)}a.de\n`
    expect((await read(wide)).rows).toEqual([])
    const { rows, counts } = await read(zeekLog([row('a.de', '192.0.2.1,'.repeat(10_000))]))
    expect(rows[0].answers).toBe(4096)
    expect(counts.malformed).toEqual({ 'answers-excess': 1 })
  })
})

it('knows every field it promises', () => {
  expect(FIELDS.split(' ')).toHaveLength(24)
})
