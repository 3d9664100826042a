import { describe, expect, it } from 'vitest'
import { decode, message, octets, pointer, question, record, u16 } from './message.testing.ts'
import { DnsMessage } from './message.ts'
import { decodeMessage } from './wire.ts'

const QUERY = 0x0100
const RESPONSE = 0x8180
const text = (value: string) => [value.length, ...Buffer.from(value)]

function answered(...records: number[][]) {
  return decode(message(RESPONSE, [1, records.length, 0, 0], question('a.example'), ...records))
}

function hashOf(...records: number[][]): number[] {
  const { message: out, reasons } = answered(...records)
  expect(reasons).toEqual([])
  return [out.answerHashLo, out.answerHashHi]
}

describe('decodeMessage', () => {
  it('reads a plain query', () => {
    const { ok, name, reasons, message: out } = decode(message(QUERY, [1, 0, 0, 0], question('WwW.a.Example', 28)))
    expect([ok, name, reasons]).toEqual([true, 'WwW.a.Example', []])
    expect(out).toMatchObject({ id: 0x1234, flags: QUERY, rcode: 0, questionCount: 1, labelCount: 3 })
    expect(out).toMatchObject({ qtype: 28, qclass: 1, answerCount: 0, ttlMinSeconds: -1, ednsSizeBytes: 0 })
    expect([out.answerHashLo, out.answerHashHi]).toEqual([0, 0])
  })

  it('reads a query for the root', () => {
    const { name, reasons, message: out } = decode(message(QUERY, [1, 0, 0, 0], question('.', 2)))
    expect([name, reasons, out.nameLength, out.labelCount, out.qtype]).toEqual(['.', [], 0, 0, 2])
  })

  it('overwrites all of the message it is given', () => {
    const rich = message(
      0x8185,
      [1, 2, 0, 1],
      question('a.example'),
      record(pointer(12), 5, octets('b.example')),
      record(pointer(12), 16, text('hello')),
      record([0], 41, u16(12, 2, 1, 65001, 1).concat(9), 1232, 0x01000000),
    )
    const short = message(QUERY, [1, 0, 0, 0], question('b'))
    const used = new DnsMessage()
    decodeMessage(rich, 0, rich.length, used)
    expect(used).toMatchObject({
      answerCount: 2,
      targetCount: 1,
      rcode: 21,
      ednsUnknownOctets: 1,
      paddingNonZero: true,
    })
    decodeMessage(short, 0, short.length, used)
    const fresh = new DnsMessage()
    decodeMessage(short, 0, short.length, fresh)
    const plain = ({ names, name, nameWords, targets, targetWords, targetLengths, targetTypes, ...rest }: DnsMessage) =>
      rest
    expect(plain(used)).toEqual(plain(fresh))
    expect(decodeMessage(rich, 0, 5, used)).toBe(false)
    expect(used).toMatchObject({ id: 0, answerCount: 0, nameLength: 0, malformed: 1 })
  })

  it('believes neither an end past the array nor a start past the end', () => {
    const bytes = message(QUERY, [1, 0, 0, 0], question('a'))
    const out = new DnsMessage()
    expect(decodeMessage(bytes, 0, 9999, out)).toBe(true)
    expect(out.malformed).toBe(0)
    expect(decodeMessage(bytes, 9999, 20000, out)).toBe(false)
    expect(decodeMessage(bytes, 20, 3, out)).toBe(false)
  })

  it('books octets by kind, each once', () => {
    const { targets, message: out } = answered(
      record(pointer(12), 1, [1, 2, 3, 4]),
      record(pointer(12), 28, Array(16).fill(1)),
      record(pointer(12), 16, [...text('hello'), ...text(''), ...text('you')]),
      record(pointer(12), 15, octets(u16(10), [4, 109, 97, 105, 108], pointer(14))),
      record(pointer(12), 33, octets(u16(1, 2, 443), '.')),
      record(pointer(12), 65, octets(u16(1), 'svc.example', u16(1, 3), text('h2'))),
      record(pointer(12), 6, octets('ns.example', 'root.example', u16(0, 1, 0, 2, 0, 3, 0, 4, 0, 5))),
      record(pointer(12), 10, [1, 2, 3]),
      record(pointer(12), 65280, [1, 2, 3, 4, 5]),
    )
    expect(targets).toEqual(['mail.example', 'svc.example', 'ns.example'])
    expect([...out.targetTypes.subarray(0, 3)]).toEqual([15, 65, 6])
    // MX 2, SRV 6, HTTPS 2 + 7, SOA 14 + 20, NULL 3, private 5 octets stand around the names or are raw.
    expect([...out.answerOctets]).toEqual([20, 8, 13 + 12 + 11, 2 + 6 + 9 + 34 + 3 + 5])
    expect(out.answerCount).toBe(9)
  })

  it('takes the smallest TTL, and zero for one with its top bit set', () => {
    const a = (ttl: number) => record(pointer(12), 1, [1, 2, 3, 4], 1, ttl)
    expect(answered(a(300), a(20), a(0x7fffffff)).message.ttlMinSeconds).toBe(20)
    expect(answered(a(0x7fffffff)).message.ttlMinSeconds).toBe(0x7fffffff)
    expect(answered(a(300), a(0x80000000)).message.ttlMinSeconds).toBe(0)
  })

  it('keeps 16 targets and books them all', () => {
    const names = Array.from({ length: 40 }, (_, i) => record(pointer(12), 2, octets(`ns${i % 10}.example`)))
    const { targets, message: out } = answered(...names)
    expect([targets.length, out.answerOctets[2], out.answerCount]).toEqual([16, 40 * 12, 40])
  })

  it('feeds answers only from the answer section', () => {
    const ns = record(pointer(12), 2, octets('ns.example'))
    const { targets, message: out } = decode(message(RESPONSE, [1, 0, 1, 1], question('a.example'), ns, ns))
    expect([targets, out.answerCount, [...out.answerOctets]]).toEqual([[], 0, [0, 0, 0, 0]])
  })

  it('reads EDNS', () => {
    const options = [...u16(12, 3), 0, 0, 0, ...u16(65001, 2), 7, 7, ...u16(26946, 1), 7, ...u16(10, 8), ...Array(8)]
    const opt = record([0], 41, options, 1232, 0x00008000)
    const { reasons, message: out } = decode(message(0x8183, [1, 0, 0, 1], question('a'), opt))
    expect(reasons).toEqual([])
    expect(out).toMatchObject({ ednsSizeBytes: 1232, rcode: 3, ednsUnknownOctets: 3, paddingOctets: 3 })
    expect(out.paddingNonZero).toBe(false)
  })
})

describe('answerHash', () => {
  const a = record(pointer(12), 1, [1, 2, 3, 4])
  const txt = record(pointer(12), 16, text('hello'))
  const mx = record(pointer(12), 15, octets(u16(10), 'mail.a.example'))

  it('leaves out order, owner and TTL', () => {
    expect(hashOf(a, txt, mx)).toEqual(hashOf(mx, a, txt))
    expect(hashOf(a)).toEqual(hashOf(record('other.example', 1, [1, 2, 3, 4], 1, 7)))
  })

  it('leaves out compression and case of a target', () => {
    const compressed = record(pointer(12), 15, octets(u16(10), [4, 77, 65, 73, 76], pointer(12)))
    expect(hashOf(compressed)).toEqual(hashOf(mx))
    const soa = (...rname: number[]) => record('.', 6, octets('ns.a.example', rname, u16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)))
    expect(hashOf(soa(...octets('root.a.example')))).toEqual(hashOf(soa(4, 114, 111, 111, 116, ...pointer(12))))
  })

  it('sees content, preference, type and repetition', () => {
    const others = [
      hashOf(a),
      hashOf(a, a),
      hashOf(a, a, a),
      hashOf(record(pointer(12), 1, [1, 2, 3, 5])),
      hashOf(record(pointer(12), 10, [1, 2, 3, 4])),
      hashOf(txt),
      hashOf(record(pointer(12), 16, text('Hello'))),
      hashOf(mx),
      hashOf(record(pointer(12), 15, octets(u16(20), 'mail.a.example'))),
      hashOf(record(pointer(12), 5, octets('mail.a.example'))),
    ]
    expect(new Set(others.map(String)).size).toBe(others.length)
  })
})
