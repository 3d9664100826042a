import { expect, it } from 'vitest'
import { type Frame, inputOf, type PcapParts, pcap, queryFrame, responseFrame, scan } from './compose.testing.ts'

const FRAMES: Frame[] = [
  { timeMs: 1_700_000_000_123.456, octets: queryFrame() },
  { timeMs: 1_700_000_000_125.456, octets: responseFrame() },
]

it('P3: reads both byte orders, micro- and nanoseconds and modified records alike', async () => {
  const expected = (await scan([inputOf(pcap(FRAMES))])).rows
  expect(expected).toHaveLength(1)
  expect(expected[0]).toContain('1700000000123.456 | 10.0.0.5>10.0.0.53:53 | a.example/1/1')
  expect(expected[0]).toMatch(/trip (2|1\.99|2\.00)/)
  for (const kind of ['micro', 'nano', 'modified'] as const) {
    for (const little of [true, false]) {
      const parts: PcapParts = { kind, little }
      expect((await scan([inputOf(pcap(FRAMES, parts))])).rows).toEqual(expected)
    }
  }
})

it('P3: reads to 2106, the end of 32-bit seconds, and does not let such a packet hold up the rest', async () => {
  const late = 0xffff_fffe * 1000
  const { rows } = await scan([
    inputOf(pcap([{ timeMs: late, octets: queryFrame({ name: 'late.example' }) }, ...FRAMES])),
  ])
  expect(rows).toHaveLength(2)
  expect(rows[0]).toContain(`${late} | `)
  expect(rows[1]).toContain('size 27/43')
})

it('P3: takes time that runs backwards as it comes, and says so', async () => {
  const { rows, counts } = await scan([
    inputOf(
      pcap([
        { timeMs: 2000, octets: queryFrame() },
        { timeMs: 1999, octets: responseFrame() },
      ]),
    ),
  ])
  expect(rows).toHaveLength(1)
  expect(rows[0]).toContain('trip NaN')
  expect(counts[0].malformed).toEqual({ 'time-backwards': 1 })
})

it('P3: reads the name of a packet the snap length cut, and the size it had', async () => {
  const whole = responseFrame()
  const { rows, counts } = await scan([
    inputOf(pcap([{ timeMs: 1, octets: whole.slice(0, -10), original: whole.length }])),
  ])
  expect(rows[0]).toContain('a.example/1')
  expect(rows[0]).toContain('size 0/43')
  expect(counts[0]).toMatchObject({ packets: 1, messages: 1, responses: 1, malformed: { 'packet-cut': 1 } })
})

it('keeps what came before a length that cannot be, and says where', async () => {
  const bytes = pcap([...FRAMES, { timeMs: 3000, octets: queryFrame() }])
  const at = bytes.length - queryFrame().length - 16
  bytes.set([0xff, 0xff, 0xff, 0x7f], at + 8)
  const { rows, counts } = await scan([inputOf(bytes)])
  expect(rows).toHaveLength(1)
  expect(counts[0].packets).toBe(2)
  expect(counts[0].failure).toBe(`file-0 is corrupt at octet ${at}: a packet of 2147483647 octets.`)
})

it('survives a file that ends anywhere, in chunks of any size', async () => {
  const bytes = pcap(FRAMES)
  const whole = await scan([inputOf(bytes)])
  for (let length = 0; length <= bytes.length; length += 1 + Number(length > 60 && length < 90)) {
    const { counts } = await scan([inputOf(bytes.subarray(0, length))])
    const edge = length === 24 || length === bytes.length || length === 24 + 16 + FRAMES[0].octets.length
    expect(counts[0].failure === undefined, `${length}`).toBe(edge)
  }
  for (const chunk of [1, 2, 3, 7, 41, 64]) {
    expect(await scan([inputOf(bytes, 0, chunk)])).toEqual(whole)
  }
})
