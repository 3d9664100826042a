import { describe, expect, it } from 'vitest'
import { MARK } from '../../batch/dns-batch.ts'
import {
  CLIENT,
  ethernet,
  inputOf,
  ipv4,
  ipv6,
  message,
  pcap,
  queryFrame,
  RESOLVER,
  response,
  responseFrame,
  scan,
  scanFrames,
  udp,
} from './compose.testing.ts'

const BOTH = MARK.query | MARK.response | MARK.hasClient
const QUERY = MARK.query | MARK.hasClient
const RESPONSE = MARK.response | MARK.hasClient
const marksOf = (facts: { marks: number }[]) => facts.map((row) => row.marks)

describe('D13: whose answer is it', () => {
  it('matches on addresses, ports, id and question, whatever the case of the name', async () => {
    const { facts } = await scanFrames([
      queryFrame({ name: 'MiXed.example' }),
      responseFrame({ name: 'mixed.EXAMPLE' }),
    ])
    expect(facts).toMatchObject([{ qname: 'MiXed.example', marks: BOTH, roundTripMs: 1 }])
  })

  it('the same id over and over ("golden" id): every question gets its own answer', async () => {
    const names = Array.from({ length: 50 }, (_, i) => `n${i}.example`)
    const frames = [...names.map((name) => queryFrame({ name })), ...names.map((name) => responseFrame({ name }))]
    const { facts } = await scanFrames(frames)
    expect(facts.map((row) => row.qname)).toEqual(names)
    expect(new Set(marksOf(facts))).toEqual(new Set([BOTH]))
  })

  it('a response before its query is a row, and so is the query', async () => {
    const { facts } = await scanFrames([responseFrame(), queryFrame()])
    expect(marksOf(facts)).toEqual([RESPONSE, QUERY])
    expect(facts[0].client).toBe(CLIENT)
  })

  it('a second answer never replaces the first', async () => {
    const forged = responseFrame({ flags: 0x8183, answers: [] })
    const { facts, rows } = await scanFrames([queryFrame(), responseFrame(), forged])
    expect(marksOf(facts)).toEqual([BOTH, RESPONSE | MARK.retransmission])
    expect(rows[0]).toContain('rcode 0')
  })

  it.each([
    ['id', responseFrame({ id: 2 })],
    ['name', responseFrame({ name: 'b.example' })],
    ['type', responseFrame({ qtype: 16 })],
    ['port', responseFrame({}, 40_001)],
    ['server', ethernet(ipv4(udp(53, 40_000, response()), { source: '10.0.0.54', destination: CLIENT }))],
  ])('an answer with another %s is a row of its own', async (_name, frame) => {
    const { facts } = await scanFrames([queryFrame(), frame, responseFrame()])
    expect(marksOf(facts)).toEqual([RESPONSE, BOTH])
  })

  it('a query sent again while it waits is marked, from the same port or another', async () => {
    const { facts } = await scanFrames([
      queryFrame(),
      queryFrame(),
      queryFrame({}, 40_001),
      responseFrame(),
      responseFrame(),
      responseFrame({}, 40_001),
      queryFrame(),
    ])
    expect(marksOf(facts)).toEqual([BOTH, BOTH | MARK.retransmission, BOTH | MARK.retransmission, QUERY])
    expect(facts[0].roundTripMs).toBe(3)
  })

  it('the same query ten thousand times takes no longer than ten thousand others', async () => {
    const frame = queryFrame()
    const frames = Array.from({ length: 10_000 }, () => ({ timeMs: 1, octets: frame }))
    const { facts } = await scan([inputOf(pcap([...frames, { timeMs: 2, octets: responseFrame() }]))])
    expect(facts).toHaveLength(10_000)
    expect(facts.filter((row) => row.marks === BOTH)).toHaveLength(1)
    expect(facts.filter((row) => row.marks & MARK.retransmission)).toHaveLength(9_999)
  })
})

describe('rows', () => {
  it('leave after five seconds of event time, or in order at the end', async () => {
    const frames = [0, 4000, 5001, 6000].map((timeMs, id) => ({ timeMs, octets: queryFrame({ id, name: `n${id}` }) }))
    frames.push({ timeMs: 6000, octets: responseFrame({ id: 0, name: 'n0' }) })
    const { facts } = await scan([inputOf(pcap(frames))])
    expect(facts.map((row) => [row.qname, row.marks])).toEqual([
      ['n0', QUERY],
      ['n0', RESPONSE],
      ['n1', QUERY],
      ['n2', QUERY],
      ['n3', QUERY],
    ])
  })

  it('roles come from the port, not from a QR bit that contradicts it', async () => {
    const asked = ethernet(ipv4(udp(40_000, 53, message({ flags: 0x8100 }))))
    const { facts, counts } = await scanFrames([asked])
    expect(facts).toMatchObject([{ client: CLIENT, marks: QUERY | MARK.malformed }])
    expect(counts[0]).toMatchObject({ queries: 0, responses: 1, malformed: { 'qr-against-port': 1 } })
  })

  it('both ends on a DNS port: QR says who asks', async () => {
    const { facts } = await scanFrames([
      ethernet(ipv4(udp(53, 53, message({ flags: 0 })))),
      ethernet(ipv4(udp(53, 53, response({ flags: 0x8000 })), { source: RESOLVER, destination: CLIENT })),
    ])
    expect(facts).toMatchObject([{ client: CLIENT, marks: BOTH }])
  })

  it('the side of the resolver is told by RD, multicast by its group', async () => {
    const { rows } = await scanFrames([
      ethernet(ipv4(udp(40_000, 53, message({ flags: 0 })))),
      ethernet(ipv4(udp(5353, 5353, message({ flags: 0, id: 0 })), { destination: '224.0.0.251' })),
      ethernet(ipv6(udp(5353, 5353, response({ flags: 0x8400, id: 0 })), 17, 'fe80::9', 'ff02::fb'), 0x86dd),
    ])
    expect(rows.find((row) => row.includes(':53 '))).toContain('via 1/2')
    expect(rows.filter((row) => row.includes('via 3/1'))).toHaveLength(2)
  })

  it('other ports are read where the options say so', async () => {
    const file = inputOf(pcap([{ timeMs: 1, octets: ethernet(ipv4(udp(40_000, 5300, message()))) }]))
    expect((await scan([file])).counts[0]).toMatchObject({ messages: 0, skipped: 1 })
    expect((await scan([file], { ports: [5300] })).rows[0]).toContain(':5300')
  })

  it('sixty-five thousand queries that nobody answers, and more, are all written out', async () => {
    const frames = Array.from({ length: 70_000 }, (_, i) => ({
      timeMs: 1,
      octets: i < 10 ? queryFrame({ name: `first${i}` }) : queryFrame({ id: i & 0xffff }, 1000 + (i >> 16)),
    }))
    const { facts } = await scan([inputOf(pcap(frames))])
    expect(facts).toHaveLength(70_000)
    expect(facts[0].qname).toBe('first0')
  })
})
