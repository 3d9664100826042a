import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { BATCH_ROWS, type DnsBatch, MARK } from '../batch/dns-batch.ts'
import { RowView } from '../batch/row-view.ts'
import { createRandom, randomInteger } from '../stats/random.ts'
import { message, pcap, queryFrame, responseFrame, u16, u32 } from './capture/compose.testing.ts'
import { fstrm, tapped } from './dnstap/compose.testing.ts'
import { type FlowType, isFlowType } from './flows/flow-source.ts'
import { openSources, SOURCE_KINDS } from './index.ts'
import type { InputFile } from './input-file.ts'
import { detectType } from './inputs/detect-type.ts'
import { INPUT_TYPES, type InputType } from './inputs/input-type.ts'
import { memoryInput, missingInput, OPTIONS, readRows, ZEEK_ROWS, zeekLog } from './logs/log.testing.ts'
import type { InputCounts, Source } from './source.ts'

/** Mutations of each fixture. */
const MUTATIONS = 300

const frames = (exchanges: number) =>
  Array.from({ length: exchanges }, (_, i) => [
    { timeMs: 1e12 + i * 10, octets: queryFrame({ id: i & 0xffff, name: `n${i}.example.com` }) },
    { timeMs: 1e12 + i * 10 + 5, octets: responseFrame({ id: i & 0xffff, name: `n${i}.example.com` }) },
  ]).flat()

function pcapng(exchanges: number): Uint8Array {
  const block = (type: number, body: number[]) => {
    const padded = [...body, ...new Array<number>(-body.length & 3).fill(0)]
    return [...u32(type), ...u32(padded.length + 12), ...padded, ...u32(padded.length + 12)]
  }
  const section = block(0x0a0d0d0a, [...u32(0x1a2b3c4d), ...u16(1), ...u16(0), ...new Array<number>(8).fill(0xff)])
  const packets = frames(exchanges).map(({ timeMs, octets }) => {
    const micros = BigInt(timeMs) * 1000n
    const time = [...u32(Number(micros >> 32n)), ...u32(Number(micros & 0xffffffffn))]
    return block(6, [...u32(0), ...time, ...u32(octets.length), ...u32(octets.length), ...octets])
  })
  return Uint8Array.from([section, block(1, [...u16(1), ...u16(0), ...u32(65_535)]), ...packets].flat())
}

const repeated = (rows: number, row: (i: number) => string) => Array.from({ length: rows }, (_, i) => row(i))

const iso = (seconds: number) => new Date(1.6e12 + seconds * 1000).toISOString()

type DnsType = Exclude<InputType, FlowType>

/** Content of every kind with this many exchanges: a kind without a line here does not compile. */
const FIXTURES: Readonly<Record<DnsType, (exchanges: number) => string | Uint8Array>> = {
  pcap: (exchanges) => pcap(frames(exchanges)),
  pcapng,
  'zeek-tsv': (exchanges) => zeekLog(repeated(exchanges, (i) => ZEEK_ROWS[i % ZEEK_ROWS.length])),
  'zeek-json': (exchanges) =>
    repeated(
      exchanges,
      (i) =>
        `{"ts":${1.6e9 + i}.25,"id.orig_h":"10.0.0.${i & 255}","id.resp_h":"10.0.1.1","id.resp_p":53,"proto":"udp",` +
        `"query":"n${i}.a\\\\xff.de","qtype":1,"rcode":0,"AA":false,"RD":true,"answers":["x.de","192.0.2.1"],"TTLs":[5.0]}\n`,
    ).join(''),
  eve: (exchanges) =>
    repeated(
      exchanges,
      (i) =>
        `{"timestamp":"${iso(i)}","flow_id":${i},"event_type":"dns","src_ip":"10.0.0.${i & 255}","src_port":4000,"dest_ip":` +
        `"10.0.1.1","dest_port":53,"proto":"UDP","dns":{"type":"query","id":7,"rrname":"n${i}.a.de","rrtype":"A","tx_id":0}}\n`,
    ).join(''),
  dnstap: (exchanges) =>
    fstrm(
      repeated(exchanges, String).map((_, i) =>
        tapped({ timeMs: 1e12 + i * 10, message: message({ id: i & 0xffff, name: `n${i}.example.com` }) }),
      ),
    ),
  bind: (exchanges) =>
    repeated(
      exchanges,
      (i) =>
        `${iso(i).slice(0, -1)} queries: info: client @0x7f 10.0.0.${i & 255}#53924 (n${i}.a.de): query: ` +
        `n${i}\\255.a.de IN TXT +E(0)D (10.0.1.1)\n`,
    ).join(''),
  unbound: (exchanges) =>
    repeated(
      exchanges,
      (i) =>
        `[${16e8 + i}] unbound[81:0] info: 10.0.0.${i & 255} n${i}.a.de. A IN\n` +
        `[${16e8 + i}] unbound[81:0] info: 10.0.0.${i & 255} n${i}.a.de. A IN NXDOMAIN 0.030236 0 200\n`,
    ).join(''),
  dnsmasq: (exchanges) =>
    repeated(
      exchanges,
      (i) =>
        `Nov 22 11:06:${10 + (i % 50)} dnsmasq[8139]: ${i} 10.0.0.5/53112 query[A] n${i}.a.de from 10.0.0.5\n` +
        `Nov 22 11:06:${10 + (i % 50)} dnsmasq[8139]: ${i} 10.0.0.5/53112 reply n${i}.a.de is 192.0.2.1\n`,
    ).join(''),
  dnsdist: (exchanges) =>
    repeated(
      exchanges,
      (i) => `[${16e8 + i}.86384514] Packet from 10.0.0.${i & 255}:48191 for n${i}.a.de. HTTPS with id ${i & 0xffff}\n`,
    ).join(''),
  coredns: (exchanges) =>
    repeated(
      exchanges,
      (i) =>
        `${iso(i)} [INFO] 10.240.0.1:40212 - ${i & 0xffff} "A IN n${i}.a.de. udp 29 false 512" NXDOMAIN qr,rd,ra 68 0.001s\n`,
    ).join(''),
  csv: (exchanges) =>
    `time,client,domain\n${repeated(exchanges, (i) => `${1.6e9 + i},10.0.0.${i & 255},"n${i}.a.de"\r\n`).join('')}`,
  names: (exchanges) => repeated(exchanges, (i) => `n${i}.a.de\n`).join(''),
}

async function open(type: InputType, file: InputFile): Promise<{ source: Source; counts: InputCounts }> {
  const { timed, untimed, counts } = await openSources({ inputs: [{ file, type }] }, OPTIONS)
  const sources = [...timed, ...untimed]
  expect(sources).toHaveLength(1)
  return { source: sources[0], counts: counts[0] }
}

function checkBatch(batch: DnsBatch, timed: boolean): void {
  expect(batch.rows).toBeGreaterThan(0)
  expect(batch.rows).toBeLessThanOrEqual(BATCH_ROWS)
  for (let row = 0; row < batch.rows; row++) {
    const start = batch.nameStart[row]
    const end = start + batch.nameLength[row]
    let labels = 0
    let at = start
    let whole = end <= batch.arenaLength && batch.nameLength[row] < 255
    while (at < end && whole) {
      whole = batch.arena[at] > 0 && batch.arena[at] < 64
      at += 1 + batch.arena[at]
      labels++
    }
    const good =
      whole &&
      at === end &&
      labels === batch.labelCount[row] &&
      (batch.marks[row] & (MARK.query | MARK.response)) !== 0 &&
      Number.isFinite(batch.timeMs[row]) === timed &&
      batch.input[row] === 3
    if (!good) expect(new RowView(batch, row)).toBe('a valid row')
  }
}

function mutate(content: Uint8Array, random: () => number): Uint8Array {
  const bytes = Buffer.from(content)
  const spot = () => randomInteger(random, bytes.length)
  for (let edits = 1 + randomInteger(random, 4); edits > 0; edits--) {
    const [a, b] = [spot(), spot()].sort((x, y) => x - y)
    switch (randomInteger(random, 6)) {
      case 0:
        bytes[a] = randomInteger(random, 256)
        break
      case 1:
        bytes[a] ^= 1 << randomInteger(random, 8)
        break
      case 2:
        return bytes.subarray(0, a)
      case 3:
        return Buffer.concat([bytes.subarray(0, a), bytes.subarray(b)])
      case 4:
        return Buffer.concat([bytes.subarray(0, b), bytes.subarray(a)])
      default:
        bytes.fill([0, 0xff, 0x22, 0x5c, 0x2e][randomInteger(random, 5)], a, Math.min(a + 20, b))
    }
  }
  return bytes
}

describe('SOURCE_KINDS', () => {
  it('has a line for every type', () => {
    expect(Object.keys(SOURCE_KINDS)).toEqual([...INPUT_TYPES])
  })
})

const DNS_TYPES = INPUT_TYPES.filter((type): type is DnsType => !isFlowType(type))

describe.each(DNS_TYPES)('source of %s', (type) => {
  const fixture = FIXTURES[type]
  const large = fixture(BATCH_ROWS * 2 + 10)

  it('is recognised by its content, gzipped or not', () => {
    expect(detectType(Buffer.from(fixture(20) as string).subarray(0, 32_768)).type).toBe(type)
  })

  it('yields batches of at least one and at most BATCH_ROWS rows, all of them valid, and counts them', async () => {
    const { source, counts } = await open(type, memoryInput(large, 100_003))
    let rows = 0
    let batches = 0
    for await (const batch of source.read(new AbortController().signal)) {
      checkBatch(batch, source.timed)
      rows += batch.rows
      batches++
    }
    expect(rows).toBe(BATCH_ROWS * 2 + 10)
    expect(batches).toBeLessThan(10)
    expect(counts).toMatchObject({ rows, queries: rows, skipped: 0, malformed: {} })
    expect(counts.messages).toBe(counts.queries + counts.responses)
    expect(counts.failure).toBeUndefined()
  })

  it('gives equal rows and counts when it is read twice, and for chunks of any size', async () => {
    const { source, counts } = await open(type, memoryInput(fixture(300)))
    const first = await readRows(source)
    const firstCounts = structuredClone(counts)
    expect(await readRows(source)).toEqual(first)
    expect(counts).toEqual(firstCounts)
    const cut = await open(type, memoryInput(fixture(300), 61))
    expect(await readRows(cut.source)).toEqual(first)
    expect(cut.counts).toEqual(firstCounts)
  })

  it('stops within one batch when it is told to, before or in the middle', async () => {
    let chunks = 0
    const file = memoryInput(large, 65_536)
    const counted: InputFile = {
      ...file,
      async *chunks(onFailure) {
        for await (const chunk of file.chunks(onFailure)) {
          chunks++
          yield chunk
        }
      },
    }
    const { source } = await open(type, counted)
    let batches = 0
    const controller = new AbortController()
    for await (const _ of source.read(controller.signal)) {
      batches++
      controller.abort()
    }
    expect(batches).toBe(1)
    chunks = 0
    expect(await readRows(source, AbortSignal.abort())).toEqual([])
    expect(chunks).toBeLessThan(2)
  })

  it(`counts what is broken and never throws, on ${MUTATIONS} mutations`, async () => {
    const random = createRandom(2026)
    const content = Buffer.from(fixture(12) as string)
    let broken = 0
    for (let i = 0; i < MUTATIONS; i++) {
      const mutant = mutate(content, random)
      const { timed, untimed, counts } = await openSources(
        { inputs: [{ file: memoryInput(mutant, 1 + randomInteger(random, 2000)), type }] },
        OPTIONS,
      )
      for (const source of [...timed, ...untimed]) {
        let rows = 0
        for await (const batch of source.read(new AbortController().signal)) {
          checkBatch(batch, source.timed)
          rows += batch.rows
        }
        expect(counts[0].rows).toBe(rows)
      }
      for (const count of Object.values(counts[0].malformed)) expect(count).toBeGreaterThan(0)
      // A line that a name server might have written about something else is passed over.
      const { malformed, failure, skipped } = counts[0]
      if (Object.keys(malformed).length > 0 || failure !== undefined || skipped > 0) broken++
    }
    // A list of names is nearly always one still.
    expect(broken).toBeGreaterThan(type === 'names' ? 10 : MUTATIONS / 4)
  })

  it('reads nothing out of nothing', async () => {
    const { timed, untimed } = await openSources({ inputs: [{ file: memoryInput(''), type }] }, OPTIONS)
    for (const source of [...timed, ...untimed]) expect(await readRows(source)).toEqual([])
  })

  it('says in one sentence that its file is gone', async () => {
    const { timed, untimed, counts } = await openSources({ inputs: [{ file: missingInput(), type }] }, OPTIONS)
    for (const source of [...timed, ...untimed]) expect(await readRows(source)).toEqual([])
    expect(counts[0].failure).toBe('/fixture does not exist.')
  })

  it('passes on that its content broke off, with what came before', async () => {
    const { openInput } = await import('./inputs/open-input.ts')
    const { Readable } = await import('node:stream')
    const packed = gzipSync(large)
    const half = Readable.from([packed.subarray(0, packed.length / 2)])
    const file = openInput({ index: 3, label: '-', path: '-', once: true }, half)
    const { source, counts } = await open(type, file)
    expect((await readRows(source)).length).toBeGreaterThan(100)
    expect(counts.failure).toBe('standard input breaks off in the middle of its gzip data.')
  })
})
