import { expect, it } from 'vitest'
import { CaptureSource } from './capture-source.ts'
import {
  ethernet,
  type Frame,
  inputOf,
  ipv4,
  message,
  newCounts,
  pcap,
  queryFrame,
  responseFrame,
  scan,
  tcp,
  u16,
  udp,
} from './compose.testing.ts'

/** A small capture with everything in it that spans packets, and with ties in time. */
function everything(): Frame[] {
  const frames: number[][] = []
  const long = udp(41_000, 53, message({ name: `${'y'.repeat(60)}.example` }))
  const stream = [1, 2, 3].flatMap((id) => [...u16(27), ...message({ id, name: 't.example' })])
  for (let i = 0; i < 6; i++) {
    frames.push(queryFrame({ id: i, name: `n${i}.example` }), queryFrame({ id: i, name: `n${i}.example` }))
    frames.push(ethernet(ipv4(long.slice(0, 48), { more: true, id: i })))
    frames.push(
      ethernet(ipv4(tcp(42_000, 53, stream.slice(i * 14, i * 14 + 14), { sequence: i * 14 }), { protocol: 6 })),
    )
    frames.push(responseFrame({ id: i, name: `n${i}.example` }), responseFrame({ id: i, name: `n${i}.example` }))
    frames.push(ethernet(ipv4(long.slice(48), { offset: 48, id: i })), responseFrame({ id: i, name: `n${i}.example` }))
  }
  return frames.map((octets, i) => ({ octets, timeMs: Math.floor(i / 3) * 700 }))
}

it('a capture cut in two at any packet gives the rows of the whole, in order', async () => {
  const frames = everything()
  const whole = await scan([inputOf(pcap(frames))])
  expect(whole.rows.length).toBeGreaterThan(20)
  for (let cut = 0; cut <= frames.length; cut++) {
    const first = inputOf(pcap(frames.slice(0, cut)), 3)
    const second = inputOf(pcap(frames.slice(cut)), 8)
    const pieces = await scan([second, first])
    expect(pieces.rows).toEqual(whole.rows)
    expect(pieces.counts[0].packets + pieces.counts[1].packets).toBe(frames.length)
    expect(pieces.counts[0].rows + pieces.counts[1].rows).toBe(whole.rows.length)
    expect(pieces.facts.every((row) => row.input === 3 || row.input === 8)).toBe(true)
  }
})

it('a capture cut in pieces of one packet gives the rows of the whole', async () => {
  const frames = everything()
  const whole = await scan([inputOf(pcap(frames))])
  expect((await scan(frames.map((frame, i) => inputOf(pcap([frame]), i)))).rows).toEqual(whole.rows)
})

it('the file of a row is the one that held its query, with the place of the packet', async () => {
  const query = pcap([{ timeMs: 1, octets: queryFrame() }])
  const answer = pcap([{ timeMs: 2, octets: responseFrame() }])
  const { facts, counts } = await scan([inputOf(query, 4), inputOf(answer, 5)])
  expect(facts).toMatchObject([{ input: 4, position: 24, roundTripMs: 1 }])
  expect(counts).toMatchObject([
    { queries: 1, responses: 0, rows: 1 },
    { queries: 0, responses: 1, rows: 0 },
  ])
})

it('opens one file at a time, and closes every one', async () => {
  let open = 0
  let most = 0
  const files = everything().map((frame, i) => ({
    ...inputOf(new Uint8Array(0), i),
    async *chunks() {
      most = Math.max(most, ++open)
      try {
        yield pcap([frame])
      } finally {
        open--
      }
    },
  }))
  await scan(files)
  expect(most).toBe(1)
  expect(open).toBe(0)
})

it('one bad file among others is reported, the rest are read', async () => {
  const bad = inputOf(Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]), 0)
  const missing = {
    ...inputOf(new Uint8Array(0), 1),
    chunks(): AsyncIterable<Uint8Array> {
      throw new Error('no.pcap does not exist.')
    },
  }
  const broken = {
    ...inputOf(new Uint8Array(0), 2),
    async *chunks() {
      yield pcap([{ timeMs: 1, octets: queryFrame() }])
      throw new Error('disk is gone')
    },
  }
  const { rows, counts } = await scan([bad, missing, inputOf(new Uint8Array(0), 3), broken])
  expect(rows).toHaveLength(1)
  expect(counts.map((one) => one.failure)).toEqual([
    'file-0 is neither pcap nor pcapng.',
    'no.pcap does not exist.',
    'file-3 is empty.',
    'disk is gone',
  ])
})

it('stops within a batch when told to, and closes its files', async () => {
  let closed = 0
  const bytes = pcap(Array.from({ length: 30_000 }, (_, i) => ({ timeMs: i * 10, octets: queryFrame({ id: i }) })))
  const file = {
    ...inputOf(bytes),
    async *chunks() {
      try {
        yield bytes
      } finally {
        closed++
      }
    },
  }
  const stop = new AbortController()
  const counts = newCounts()
  let batches = 0
  for await (const batch of new CaptureSource([{ file, counts }], { ports: [], responseWaitMs: 5000 }).read(
    stop.signal,
  )) {
    expect(batch.rows).toBe(4096)
    batches++
    stop.abort()
  }
  expect(batches).toBe(1)
  expect(closed).toBe(1)
})

it('counts once, however often it is read', async () => {
  const counts = newCounts()
  const source = new CaptureSource([{ file: inputOf(pcap(everything())), counts }], { ports: [], responseWaitMs: 5000 })
  const totals: string[] = []
  for (let i = 0; i < 2; i++) {
    for await (const batch of source.read(new AbortController().signal)) expect(batch.rows).toBeGreaterThan(0)
    totals.push(JSON.stringify(counts))
  }
  expect(totals[1]).toBe(totals[0])
})

it('never throws, loops or loses count on damaged packets', async () => {
  const frames = everything()
  // Numerical Recipes' generator: chance is an argument, and this one is short.
  let seed = 20_261_122
  const next = (below: number) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((seed / 2 ** 32) * below)
  }
  for (let round = 0; round < 30; round++) {
    const many = [...frames, ...frames, ...frames, ...frames, ...frames]
    const damaged = many.map(({ octets, timeMs }) => {
      const copy = octets.slice(0, next(8) === 0 ? next(octets.length) : octets.length)
      for (let i = copy.length === 0 ? 0 : next(4); i > 0; i--) copy[next(copy.length)] = next(256)
      return { octets: copy, timeMs: next(20) === 0 ? next(1e9) : timeMs }
    })
    const linkType = round < 15 ? 1 : [0, 9, 101, 113, 276][next(5)]
    const { counts, rows } = await scan([inputOf(pcap(damaged, { linkType }))])
    expect(counts[0].packets).toBe(many.length)
    expect(counts[0].messages).toBe(counts[0].queries + counts[0].responses)
    expect(counts[0].rows).toBe(rows.length)
    expect(rows.length).toBeLessThanOrEqual(counts[0].messages)
  }
  const bytes = pcap(frames)
  for (let round = 0; round < 50; round++) {
    const copy = bytes.slice()
    for (let i = 0; i < 5; i++) copy[next(copy.length)] = next(256)
    await scan([inputOf(copy, 0, 100 + next(1000))])
  }
})
