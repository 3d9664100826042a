import { describe, expect, it } from 'vitest'
import { ethernet, inputOf, ipv4, message, queryFrame, scan, u16, u32, udp } from './compose.testing.ts'
import { ticksToMs } from './pcapng-interface.ts'

type Words = (value: number) => number[]
const big: Words = u32
const little: Words = (value) => u32(value).reverse()

function block(word: Words, type: number, body: number[], length = body.length + 12, trailer = length): number[] {
  return [...word(type), ...word(length), ...body, ...word(trailer)]
}

function section(word: Words): number[] {
  const version = word === little ? [1, 0, 0, 0] : [0, 1, 0, 0]
  return block(word, 0x0a0d0d0a, [...word(0x1a2b3c4d), ...version, ...word(0xffffffff), ...word(0xffffffff)])
}

function half(word: Words, value: number): number[] {
  return word === little ? u16(value).reverse() : u16(value)
}

function face(word: Words, linkType: number, options: number[] = [], snapLength = 0): number[] {
  return block(word, 1, [...half(word, linkType), 0, 0, ...word(snapLength), ...options])
}

function padded(octets: number[]): number[] {
  return [...octets, ...new Array<number>(-octets.length & 3).fill(0)]
}

function enhanced(word: Words, id: number, ticks: number, octets: number[], captured = octets.length): number[] {
  const head = [...word(id), ...word(Math.floor(ticks / 2 ** 32)), ...word(ticks >>> 0)]
  return block(word, 6, [...head, ...word(captured), ...word(octets.length), ...padded(octets)])
}

function simple(word: Words, octets: number[]): number[] {
  return block(word, 3, [...word(octets.length), ...padded(octets)])
}

function scanBlocks(...blocks: number[][]) {
  return scan([inputOf(Uint8Array.from(blocks.flat()), 0, 50)])
}

const QUERY = queryFrame()
const MICROS = 1_700_000_000_123_456

describe('P1: lengths that cannot be', () => {
  const good = [section(little), face(little, 1), enhanced(little, 0, MICROS, QUERY)]
  const at = good.flat().length
  const cases: [string, number[], string][] = [
    ['under 12', block(little, 6, [], 8), 'a block of 8 octets'],
    ['no multiple of 4', block(little, 6, [0, 0], 14), 'a block of 14 octets'],
    ['a packet past the cap', [...little(6), ...little(0xfffffffc), ...QUERY], 'a block of 4294967292 octets'],
    ['two that differ', block(little, 99, [0, 0, 0, 0], 16, 20), 'a block whose two lengths differ'],
    ['captured past the block', enhanced(little, 0, 0, QUERY, 4096), 'a packet longer than its block'],
    ['captured past everything', enhanced(little, 0, 0, QUERY, 0xffffffff), 'a packet longer than its block'],
    ['a packet block without room for its fields', block(little, 6, [0, 0, 0, 0]), 'a packet longer than its block'],
    [
      'a section without its mark',
      block(little, 0x0a0d0d0a, new Array(16).fill(0)),
      'a section without byte-order mark',
    ],
    ['an interface without its fields', block(little, 1, []), 'an interface description that cannot be'],
  ]
  it.each(cases)('%s: stops the file and keeps the packets before', async (_name, bad, sentence) => {
    const { rows, counts } = await scanBlocks(...good, bad, enhanced(little, 0, MICROS, QUERY))
    expect(rows).toHaveLength(1)
    expect(counts[0].failure).toBe(`file-0 is corrupt at octet ${at}: ${sentence}.`)
  })

  it('past the end of the file: says so, and holds no memory for it', async () => {
    const { rows, counts } = await scanBlocks(...good, [...little(99), ...little(0xfffffffc), 1, 2, 3, 4])
    expect(rows).toHaveLength(1)
    expect(counts[0].failure).toBe(`file-0 ends in the middle of the block at octet ${at}.`)
  })

  it('a long unknown block is passed over without being held', async () => {
    const long = block(little, 99, new Array<number>(500_000).fill(0))
    const { rows, counts } = await scanBlocks(...good, long, enhanced(little, 0, MICROS, QUERY))
    expect(rows).toHaveLength(2)
    expect(counts[0].failure).toBeUndefined()
  })
})

describe('P2: what other readers refuse', () => {
  it.each([
    ['little', little],
    ['big', big],
  ])('%s-endian sections', async (_name, word) => {
    const { rows } = await scanBlocks(section(word), face(word, 1), enhanced(word, 0, MICROS, QUERY))
    expect(rows).toHaveLength(1)
    expect(rows[0]).toContain('1700000000123.456 | ')
  })

  it('several sections, unknown blocks and interfaces of several link types', async () => {
    const raw = ipv4(udp(40_001, 53, message({ id: 2, name: 'raw.example' })))
    const { facts, counts } = await scanBlocks(
      [...section(little), ...block(little, 0xbad, [1, 2, 3, 4])],
      [...face(little, 1), ...face(little, 101), ...face(little, 105)],
      [
        ...enhanced(little, 1, MICROS, raw),
        ...enhanced(little, 0, MICROS, QUERY),
        ...enhanced(little, 2, MICROS, QUERY),
      ],
      [...section(big), ...face(big, 101), ...enhanced(big, 0, MICROS, raw)],
    )
    expect(facts.map((row) => row.qname)).toEqual(['raw.example', 'a.example', 'raw.example'])
    expect(counts[0]).toMatchObject({ packets: 4, skipped: 1, malformed: { 'link-802.11': 1 } })
    expect(counts[0].failure).toBeUndefined()
  })

  it('packets of an interface never described are counted and passed over, simple ones too', async () => {
    const { rows, counts } = await scanBlocks(section(little), simple(little, QUERY), enhanced(little, 9, 0, QUERY))
    expect(rows).toHaveLength(0)
    expect(counts[0]).toMatchObject({ packets: 2, malformed: { 'interface-unknown': 2 } })
    expect(counts[0].failure).toBe('file-0 holds no packet of a link type that is read (interface-unknown).')
  })

  it('simple packets take the time of the packet before, or none', async () => {
    const other = queryFrame({ id: 2 })
    const { rows } = await scanBlocks(
      [...section(little), ...face(little, 1), ...simple(little, QUERY)],
      [...enhanced(little, 0, MICROS, queryFrame({ id: 3 })), ...simple(little, other)],
    )
    expect(rows.map((row) => row.split(' ')[0])).toEqual(['NaN', '1700000000123.456', '1700000000123.456'])
  })

  it('old packet blocks', async () => {
    const head = [...little(0), ...little(Math.floor(MICROS / 2 ** 32)), ...little(MICROS >>> 0)]
    const old = block(little, 2, [...head, ...little(QUERY.length), ...little(QUERY.length), ...padded(QUERY)])
    expect((await scanBlocks(section(little), face(little, 1), old)).rows[0]).toContain('1700000000123.456 | ')
  })

  it.each([
    ['nanoseconds', [9], 1_700_000_000_123_456_000, 1_700_000_000_123.456],
    ['seconds', [0], 1_700_000_000, 1_700_000_000_000],
    ['2^-10 s', [0x8a], 1_700_000_000 * 1024 + 512, 1_700_000_000_500],
    ['10^-127 s', [127], 5, 0],
    ['2^-127 s', [0xff], 5, 0],
  ])('if_tsresol %s', async (_name, resolution, ticks, timeMs) => {
    const options = [...half(little, 9), ...half(little, 1), ...padded(resolution), 0, 0, 0, 0]
    const { rows } = await scanBlocks(section(little), face(little, 1, options), enhanced(little, 0, ticks, QUERY))
    expect(Number(rows[0].split(' ')[0])).toBeCloseTo(timeMs, 3)
  })

  it('if_tsoffset, also negative', async () => {
    const offset = [...little(0xfffffff6), ...little(0xffffffff)]
    const options = [...half(little, 14), ...half(little, 8), ...offset]
    const { rows } = await scanBlocks(section(little), face(little, 1, options), enhanced(little, 0, MICROS, QUERY))
    expect(rows[0]).toContain('1699999990123.456 | ')
  })

  it('keeps packets to the snap length of the interface for simple packets', async () => {
    const tiny = face(little, 1, [], 20)
    const { counts } = await scanBlocks(section(little), tiny, simple(little, ethernet(QUERY)))
    expect(counts[0]).toMatchObject({ packets: 1, skipped: 1 })
  })
})

it('gives the same milliseconds as BigInt arithmetic for any resolution', () => {
  for (const ticksPerSecond of [1e3, 1e6, 1e9, 2 ** 20, 2 ** 30]) {
    const ticks = 1_700_000_000_987_654_321n
    const high = Number((ticks >> 32n) & 0xffffffffn)
    const low = Number(ticks & 0xffffffffn)
    const per = BigInt(ticksPerSecond)
    const exact = Number(ticks / per) * 1000 + (Number(ticks % per) * 1000) / ticksPerSecond
    expect(ticksToMs(high, low, ticksPerSecond, 0)).toBe(exact)
  }
})
