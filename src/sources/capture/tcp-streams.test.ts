import { describe, expect, it } from 'vitest'
import {
  CLIENT,
  ethernet,
  inputOf,
  ipv4,
  message,
  pcap,
  RESOLVER,
  response,
  scan,
  scanFrames,
  tcp,
  u16,
} from './compose.testing.ts'

const SYN = 0x02
const FIN = 0x11
const START = 0xffff_fff0 // sequence numbers come round in the middle of the first message

function prefixed(octets: number[]): number[] {
  return [...u16(octets.length), ...octets]
}

/** A segment of the client's direction, `at` octets behind the start. */
function segment(at: number, payload: number[], flags = 0x10): number[] {
  return ethernet(ipv4(tcp(40_000, 53, payload, { sequence: START + 1 + at, flags }), { protocol: 6 }))
}

const OPEN = segment(-1, [], SYN)
const names = (count: number) => Array.from({ length: count }, (_, i) => `n${i}.example`)
const queries = (count: number) => names(count).map((name, id) => prefixed(message({ id, name })))

describe('D12: DNS over TCP', () => {
  it('finds query and response, and gives sizes without the prefix', async () => {
    const answer = tcp(53, 40_000, prefixed(response()), { sequence: 9 })
    const back = ethernet(ipv4(answer, { protocol: 6, source: RESOLVER, destination: CLIENT }))
    const { rows } = await scanFrames([OPEN, segment(0, prefixed(message())), back])
    expect(rows).toHaveLength(1)
    expect(rows[0]).toContain('size 27/43 trip 1 via 2/1')
  })

  it('pipelined messages, thousands on one connection, in segments of any size', async () => {
    const stream = queries(3000).flat()
    for (const size of [1, 2, 3, 29, 1460, 60_000]) {
      const frames = [OPEN]
      const end = size < 4 ? 3000 : stream.length
      for (let at = 0; at < end; at += size) frames.push(segment(at, stream.slice(at, at + size)))
      const { facts } = await scanFrames(frames)
      const found = facts.map((row) => row.qname)
      expect(found).toEqual(names(found.length))
      expect(found.length).toBeGreaterThanOrEqual(end === 3000 ? 97 : 3000)
    }
  })

  it('segments in any order, sent again, and overlapping: the first octets stand', async () => {
    const [a, b, c] = queries(3)
    const all = [...a, ...b, ...c]
    const forged = all.map(() => 0xff)
    const { facts, malformed } = await scanFrames([
      OPEN,
      segment(40, all.slice(40)),
      segment(0, all.slice(0, 20)),
      segment(0, forged.slice(0, 20)),
      segment(10, [...forged.slice(10, 20), ...all.slice(20, 40)]),
      segment(0, all),
      segment(all.length, [], FIN),
    ])
    expect(facts.map((row) => row.qname).sort()).toEqual(names(3))
    expect(malformed).toEqual({})
  })

  it('a length of 0, and one longer than the stream', async () => {
    const { facts, malformed } = await scanFrames([
      OPEN,
      segment(0, [0, 0, ...prefixed(message()), 0xff, 0xff, ...message()]),
      segment(29 + 2 + 2 + 27, [], FIN),
    ])
    expect(facts).toHaveLength(1)
    expect(malformed).toEqual({ 'tcp-empty-message': 1, 'tcp-unfinished': 1 })
  })

  it('a gap in the middle of a message: the next one is found by the length', async () => {
    const [a, b, c] = queries(3)
    const all = [...a, ...b, ...c]
    const { facts, malformed } = await scanFrames([
      OPEN,
      segment(0, all.slice(0, a.length + 10)),
      segment(a.length + 15, all.slice(a.length + 15)),
    ])
    expect(facts.map((row) => row.qname)).toEqual(['n0.example', 'n2.example'])
    expect(malformed).toEqual({ 'tcp-gap': 1 })
  })

  it('a gap over whole messages, and a capture that starts in the middle: the next segment that looks right', async () => {
    const [a, b, c, d] = queries(4)
    const { facts, malformed } = await scanFrames([
      segment(500, a.slice(9)),
      segment(500 + a.length - 9, b),
      segment(900, [0xff, 0xff, ...c]),
      segment(900 + 2 + c.length, d),
    ])
    expect(facts.map((row) => row.qname)).toEqual(['n1.example', 'n3.example'])
    expect(malformed['tcp-gap']).toBe(1)
    expect(malformed['not-dns']).toBe(2)
  })

  it('a hole is given up after three seconds of packet time, and a reused port starts anew', async () => {
    const [a, b] = queries(2)
    const again = ethernet(ipv4(tcp(40_000, 53, [], { sequence: 77, flags: SYN }), { protocol: 6 }))
    const fresh = ethernet(ipv4(tcp(40_000, 53, b, { sequence: 78 }), { protocol: 6 }))
    const frames = [OPEN, segment(100, a), segment(100 + a.length, [0]), again, fresh]
    const times = [0, 1, 4000, 5000, 5001]
    const { facts, counts } = await scan([inputOf(pcap(frames.map((octets, i) => ({ octets, timeMs: times[i] }))))])
    expect(facts.map((row) => row.qname)).toEqual(['n0.example', 'n1.example'])
    expect(counts[0].malformed).toEqual({ 'tcp-gap': 1, 'tcp-unfinished': 1 })
  })

  it('what the snap length cut off is not waited for', async () => {
    const [a, b] = queries(2)
    const cut = segment(0, a)
    const frames = [
      { octets: OPEN, timeMs: 0 },
      { octets: cut.slice(0, -5), original: cut.length, timeMs: 1 },
      { octets: segment(a.length, b), timeMs: 2 },
    ]
    const { facts, counts } = await scan([inputOf(pcap(frames))])
    expect(facts.map((row) => row.qname)).toEqual(['n0.example', 'n1.example'])
    expect(counts[0].malformed['packet-cut']).toBeGreaterThan(0)
  })

  it('holds a bounded number of octets and connections', async () => {
    const frames: number[][] = []
    for (let i = 0; i < 9000; i++) {
      const half = tcp(1000 + (i % 60_000), 53, [0xff, 0xff, ...message()], { sequence: 1 })
      frames.push(ethernet(ipv4(half, { protocol: 6, source: `10.1.${i >> 8}.${i & 255}` })))
    }
    const { facts, malformed } = await scanFrames(frames)
    expect(facts).toHaveLength(0)
    expect(malformed['tcp-evicted']).toBe(9000 - 8192)
  })
})
