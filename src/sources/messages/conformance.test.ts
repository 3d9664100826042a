import { describe, expect, it } from 'vitest'
import { formatAddress } from '../../batch/address.ts'
import { DnsBatch, MARK } from '../../batch/dns-batch.ts'
import { formatName } from '../../dns/name.ts'
import { decodeMessage, MESSAGE_OCTETS_MAX, MESSAGE_SHAPES } from './index.ts'
import { REFUSALS } from './message-read.ts'

const decode = (value: unknown, batch = new DnsBatch(4)) => {
  const bytes =
    value instanceof Uint8Array || value === null
      ? value
      : Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))
  return { read: decodeMessage(bytes as Uint8Array | null, batch), batch }
}
const client = ({ client }: DnsBatch) => formatAddress(client, 0)
const qname = (batch: DnsBatch) => formatName(batch.arena, batch.nameStart[0], batch.nameLength[0])

const ZEEK = {
  ...{
    ts: 1700000000.25,
    uid: 'C1',
    'id.orig_h': '10.0.0.5',
    'id.orig_p': 5353,
    'id.resp_h': '10.0.0.1',
    'id.resp_p': 53,
  },
  ...{ proto: 'udp', query: 'a.example', qclass: 1, qtype: 16, qtype_name: 'TXT', rcode: 0, rcode_name: 'NOERROR' },
  ...{ AA: false, TC: false, RD: true, RA: true, Z: 0, answers: ['TXT 3 abc'], TTLs: [60], rejected: false },
}
const EVE = {
  timestamp: '2023-11-14T22:13:20.250000+0000',
  event_type: 'dns',
  src_ip: '10.0.0.5',
  src_port: 40000,
  dest_ip: '10.0.0.1',
  dest_port: 53,
  proto: 'UDP',
}
const OURS = {
  timeMs: 1700000000250,
  client: '10.0.0.5',
  resolver: '10.0.0.1',
  qname: 'a.example',
  qtype: 'TXT',
  rcode: 0,
  answers: ['TXT 3 abc'],
  querySizeBytes: 40,
  responseSizeBytes: 80,
}
const LEGACY = '58:50.7,24,7,0,10,8,2.054028744,6,6,7,3.166666667,4,224,11,1,1'

describe('a message', () => {
  it.each([
    ['ours', OURS],
    ['Zeek', ZEEK],
    ['Suricata 1', { ...EVE, dns: { type: 'query', id: 1, rrname: 'a.example', rrtype: 'TXT', tx_id: 0 } }],
    [
      'Suricata 2',
      {
        ...EVE,
        src_ip: '10.0.0.1',
        src_port: 53,
        dest_ip: '10.0.0.5',
        dest_port: 40000,
        dns: {
          version: 2,
          type: 'answer',
          rrname: 'a.example',
          rrtype: 'TXT',
          rcode: 'NOERROR',
          answers: [{ rrname: 'a.example', rrtype: 'TXT', ttl: 60, rdata: 'abc' }],
        },
      },
    ],
    [
      'Suricata 3',
      {
        ...EVE,
        dns: {
          version: 3,
          type: 'response',
          queries: [{ rrname: 'a.example', rrtype: 'TXT' }],
          rcode: 'NOERROR',
          answers: [{ rrname: 'a.example', rrtype: 'TXT', ttl: 60, rdata: 'abc' }],
        },
      },
    ],
  ])('of %s gives the row', (_, value) => {
    const { read, batch } = decode(value)
    expect(read).toEqual({ kind: 'row' })
    expect(batch.rows).toBe(1)
    expect(batch.timeMs[0]).toBe(1700000000250)
    expect(qname(batch)).toBe('a.example')
    expect(client(batch)).toBe('10.0.0.5')
    expect(formatAddress(batch.resolver, 0)).toBe('10.0.0.1')
    expect(batch.qtype[0]).toBe(16)
    expect(batch.marks[0] & MARK.hasClient).not.toBe(0)
    if ((batch.marks[0] & MARK.response) !== 0) expect([batch.rcode[0], batch.answerTextOctets[0]]).toEqual([0, 3])
    else expect(batch.rcode[0]).toBe(-1)
  })

  it('says one answer record an event where Suricata does (version 1)', () => {
    const dns = { type: 'answer', id: 1, rcode: 'NOERROR', rrname: 'a.example', rrtype: 'TXT', ttl: 60, rdata: 'abc' }
    const { batch } = decode({ ...EVE, src_ip: '10.0.0.1', src_port: 53, dest_ip: '10.0.0.5', dest_port: 40000, dns })
    expect([client(batch), batch.answerTextOctets[0], batch.rcode[0]]).toEqual(['10.0.0.5', 3, 0])
  })

  it('needs a name only, in our shape', () => {
    const { read, batch } = decode({ qname: 'x.example' })
    expect(read.kind).toBe('row')
    expect(batch.timeMs[0]).toBeNaN()
    expect(batch.marks[0] & MARK.namesOnly).not.toBe(0)
  })

  it.each([
    ['as text', LEGACY],
    ['with its line end', `${LEGACY}\r\n`],
    ['as JSON', JSON.stringify(`${LEGACY}\n`)],
  ])('holds a row of the original system %s', (_, value) => {
    expect(decode(value).read).toEqual({ kind: 'legacy', text: LEGACY })
  })

  it('tells the header of the original system, however its byte order mark was read', () => {
    const header =
      'timestamp,FQDN_count,subdomain_length,upper,lower,numeric,entropy,special,labels,labels_max,labels_average,longest_word,sld,len,subdomain,Target Attack'
    for (const text of [header, `\ufeff${header}\n`, `\u00ef\u00bb\u00bf${header}\n`]) {
      expect(decode(text).read.kind).toBe('nothing')
      expect(decode(JSON.stringify(text)).read.kind).toBe('nothing')
    }
  })

  it('may be a marker, the last of a stream or not', () => {
    expect(decode('{"kind":"marker","timeMs":5}').read).toEqual({ kind: 'marker', timeMs: 5, end: false })
    expect(decode('{"kind":"marker","timeMs":5,"end":true}').read).toEqual({ kind: 'marker', timeMs: 5, end: true })
  })

  it('says nothing where it is an event of another kind, or a result of ours', () => {
    expect(decode({ event_type: 'flow' }).read.kind).toBe('nothing')
    expect(decode({ kind: 'incident', id: 'x' }).read.kind).toBe('nothing')
    expect(decode({ ts: 1, uid: 'C', _path: 'conn' }).read.kind).toBe('nothing')
  })

  it.each<[string, unknown, string]>([
    ['nothing', null, 'empty'],
    ['no octets', '', 'empty'],
    ['blanks', '  \n', 'empty'],
    ['ten mebibytes', Buffer.alloc(10 << 20, 0x7b), 'too-large'],
    ['a hundred thousand brackets', `{"qname":${'['.repeat(100_000)}`, 'json-depth'],
    ['half an object', '{"qname":"a.exam', 'json-invalid'],
    ['an array', '[1]', 'schema-unknown'],
    ['a number', '7', 'schema-unknown'],
    ['code', 'require("child_process")', 'schema-unknown'],
    ['code in a JSON string', '"process.exit(1)"', 'schema-unknown'],
    ['a name alone', 'www.example.test', 'schema-unknown'],
    ['an object of no schema', '{"a":1}', 'schema-unknown'],
    ['a prototype', '{"__proto__":{"qname":"a.example"}}', 'schema-unknown'],
    ['a number past all', '{"qname":1e400}', 'name-invalid'],
    ['a name too long', { qname: `${'a'.repeat(64)}.example` }, 'name-invalid'],
    ['a name of a megabyte', { qname: 'a.'.repeat(400_000) }, 'name-invalid'],
    ['a time that is none', { qname: 'a.example', timeMs: 'soon' }, 'time-invalid'],
    ['a time past the calendar', { qname: 'a.example', timeMs: 1e300 }, 'time-invalid'],
    ['a row of ours cut short', Uint8Array.of(0xd1, 1, 0, 0), 'binary-invalid'],
    ['a JSON string cut short', '"58:50', 'json-invalid'],
    ['a table without a length', LEGACY.replace(',24,', ',x,'), 'legacy-invalid'],
  ])('refuses %s, for a reason from the list', (_, value, reason) => {
    const { read, batch } = decode(value)
    expect(read).toEqual({ kind: 'refused', reason })
    expect(REFUSALS).toContain(reason)
    expect(batch.rows).toBe(0)
  })

  it('pollutes no prototype and keeps the last of two equal keys', () => {
    const { read, batch } = decode(
      '{"qname":"a.example","constructor":{"prototype":{"polluted":1}},"__proto__":{"polluted":1},"qname":"b.example"}',
    )
    expect(read.kind).toBe('row')
    expect(qname(batch)).toBe('b.example')
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('survives invalid UTF-8 and lone surrogates as names of those octets', () => {
    expect(
      decode(Buffer.concat([Buffer.from('{"qname":"'), Buffer.from([0xff, 0xfe]), Buffer.from('.example"}')])).read
        .kind,
    ).toBe('row')
    expect(decode('{"qname":"\\ud800.example"}').read.kind).toBe('row')
  })

  it('is of a listed shape, each of which claims what is its own', () => {
    const names = MESSAGE_SHAPES.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    for (const [value, name] of [
      [OURS, 'exchange'],
      [ZEEK, 'zeek'],
      [{ ...EVE, dns: {} }, 'eve'],
      [{ kind: 'marker' }, 'marker'],
    ] as const) {
      expect(MESSAGE_SHAPES.find((shape) => shape.claims(value))?.name).toBe(name)
    }
    expect(MESSAGE_OCTETS_MAX).toBe(1 << 20)
  })
})
