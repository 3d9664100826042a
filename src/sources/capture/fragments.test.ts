import { describe, expect, it } from 'vitest'
import { ethernet, inputOf, ipv4, ipv6, message, pcap, scan, scanFrames, u16, u32, udp } from './compose.testing.ts'

const LONG = `${'x'.repeat(60)}.example`
const DATAGRAM = udp(40_000, 53, message({ name: LONG }))
const WHOLE_ROW = { qname: LONG, client: '10.0.0.5' }

function piece(from: number, to: number, id = 7): number[] {
  const more = to < DATAGRAM.length
  return ethernet(ipv4(DATAGRAM.slice(from, to), { offset: from, more, id }))
}

function piece6(from: number, to: number, next = 17, id = 9): number[] {
  const more = to < DATAGRAM.length ? 1 : 0
  return ethernet(ipv6([next, 0, ...u16(from | more), ...u32(id), ...DATAGRAM.slice(from, to)], 44), 0x86dd)
}

describe('D14: fragments', () => {
  it('in any order, the first one tiny', async () => {
    const pieces = [piece(0, 8), piece(8, 48), piece(48, DATAGRAM.length)]
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 0, 2],
      [1, 2, 0],
    ]) {
      const { facts, malformed } = await scanFrames(order.map((i) => pieces[i]))
      expect(facts).toMatchObject([WHOLE_ROW])
      expect(malformed).toEqual({})
    }
  })

  it('that overlap: the octets that came first stand, and it is counted', async () => {
    const forged = ethernet(ipv4(new Array<number>(40).fill(0x41), { offset: 8, more: true }))
    const { facts, malformed } = await scanFrames([piece(0, 48), forged, piece(48, DATAGRAM.length)])
    expect(facts).toMatchObject([WHOLE_ROW])
    expect(malformed).toEqual({ 'fragment-overlap': 1 })
  })

  it('never completed: counted, at the end or after 30 s of packet time', async () => {
    const frames = [piece(0, 48), piece(0, 48, 8)].map((octets, i) => ({ timeMs: i * 40_000, octets }))
    const { rows, counts } = await scan([inputOf(pcap(frames))])
    expect(rows).toEqual([])
    expect(counts[0]).toMatchObject({ skipped: 0, malformed: { 'fragment-incomplete': 2 } })
  })

  it('past the longest datagram, in too many pieces, or no multiple of 8: counted, never held', async () => {
    const past = ethernet(ipv4(new Array<number>(100).fill(0), { offset: 65_528, more: false }))
    const odd = ethernet(ipv4(new Array<number>(9).fill(0), { offset: 0, more: true, id: 1 }))
    const holes = Array.from({ length: 100 }, (_, i) =>
      ethernet(ipv4(new Array<number>(8).fill(0), { offset: i * 16, more: true, id: 2 })),
    )
    const { malformed } = await scanFrames([past, odd, ...holes])
    expect(malformed).toEqual({ 'fragment-invalid': 2 + 100 - 64, 'fragment-incomplete': 3 })
  })

  it('a flood of first pieces is bounded', async () => {
    const flood = Array.from({ length: 3000 }, (_, i) => piece(0, 48, i))
    const { malformed } = await scanFrames([...flood, piece(48, DATAGRAM.length, 2999)])
    expect(malformed['fragment-incomplete']).toBe(2999)
  })

  it('IPv6, and atomic ones, which are whole', async () => {
    const { facts } = await scanFrames([piece6(0, DATAGRAM.length), piece6(48, DATAGRAM.length), piece6(0, 48)])
    expect(facts).toMatchObject([
      { qname: LONG, client: 'fe80::1' },
      { qname: LONG, client: 'fe80::1' },
    ])
  })

  it('IPv6 with options inside the fragmented part', async () => {
    const inner = [17, 0, 1, 4, 0, 0, 0, 0, ...DATAGRAM]
    const part = (from: number, to: number) => {
      const more = to < inner.length ? 1 : 0
      return ethernet(ipv6([60, 0, ...u16(from | more), ...u32(5), ...inner.slice(from, to)], 44), 0x86dd)
    }
    expect((await scanFrames([part(0, 48), part(48, inner.length)])).facts).toMatchObject([{ qname: LONG }])
  })
})

describe('packets', () => {
  it('Ethernet padding is no payload', async () => {
    const { rows, malformed } = await scanFrames([[...ethernet(ipv4(udp(40_000, 53, message()))), 1, 2, 3, 4, 5, 6]])
    expect(rows[0]).toContain('size 27/0')
    expect(malformed).toEqual({})
  })

  it('IPv6 extension headers are walked over, a chain without end is not', async () => {
    const options = [17, 0, 1, 4, 0, 0, 0, 0]
    const chain = [...new Array<number[]>(2000).fill([0, 0, 1, 4, 0, 0, 0, 0]).flat()]
    const { facts, counts } = await scanFrames([
      ethernet(ipv6([...options, ...udp(40_000, 53, message())], 0), 0x86dd),
      ethernet(ipv6(chain, 0), 0x86dd),
    ])
    expect(facts).toMatchObject([{ qname: 'a.example' }])
    expect(counts[0].skipped).toBe(1)
  })

  it('wrong UDP lengths are counted, and clamped where something is left', async () => {
    const frames = [4, 200, 8].map((length, id) => ethernet(ipv4(udp(40_000, 53, message({ id }), length))))
    const { facts, counts } = await scanFrames(frames)
    expect(facts).toHaveLength(1)
    expect(counts[0]).toMatchObject({ packets: 3, skipped: 1, malformed: { 'udp-length': 2 } })
  })

  it('what cannot be DNS is counted: iodine in raw mode, and 11 octets', async () => {
    const raw = [0x10, 0xd1, 0x9e, 0x20, ...new Array<number>(60).fill(0xa5)]
    const { rows, counts } = await scanFrames(
      [raw, raw.slice(0, 11)].map((payload) => ethernet(ipv4(udp(40_000, 53, payload)))),
    )
    expect(rows).toEqual([])
    expect(counts[0]).toMatchObject({ messages: 0, skipped: 0, malformed: { 'not-dns': 2 } })
  })
})
