import { describe, expect, it } from 'vitest'
import { message, response } from '../capture/compose.testing.ts'
import { readContent } from '../logs/log.testing.ts'
import { control, frame, fstrm, tapped } from './compose.testing.ts'
import { openDnstap } from './dnstap-source.ts'
import { FRAME_OCTETS_MAX } from './frame-reader.ts'

const read = (content: Uint8Array, chunk?: number) => readContent(content, openDnstap, undefined, chunk)
const SELF = [10, 0, 0, 53]
const QUERY = tapped({ message: message({ id: 9, name: 'x.a.de' }) })
const ANSWER = tapped({ type: 6, timeMs: 1e12 + 20, message: response({ id: 9, name: 'x.a.de' }) })

describe('dnstap', () => {
  it('joins a query and its response, with the times of each', async () => {
    const { rows, counts } = await read(fstrm([QUERY, ANSWER]))
    expect(rows).toMatchObject([
      { qname: 'x.a.de', client: '10.0.0.5', resolver: '10.0.0.53', timeMs: 1e12, roundTripMs: 20, addressOctets: 4 },
    ])
    expect(counts).toMatchObject({ packets: 2, queries: 1, responses: 1, rows: 1, malformed: {} })
  })

  it('takes unbound for itself where it writes no address of its own on the way up', async () => {
    const up = { type: 7, queryAddress: [0, 0, 0, 0], responseAddress: [192, 0, 2, 9] }
    const { rows } = await read(fstrm([QUERY, tapped({ ...up, message: message({ id: 10, name: 'x.a.de' }) })]))
    expect(rows.map(({ client, resolver }) => [client, resolver])).toEqual([
      ['10.0.0.5', '10.0.0.53'],
      [SELF.join('.'), '192.0.2.9'],
    ])
  })

  it('reads IPv6, streams and ports that are not 53', async () => {
    const address = [0x20, 1, 0x0d, 0xb8, ...new Array<number>(11).fill(0), 5]
    const parts = { protocol: 3, queryAddress: address, responseAddress: address, responsePort: 853 }
    const { rows } = await read(fstrm([tapped({ ...parts, message: message({ name: 'v6.de' }) })]))
    expect(rows).toMatchObject([
      { client: '2001:db8::5', resolverPort: 853, transport: 2, marks: ['query', 'hasClient'] },
    ])
  })
})

describe('L7: hostile dnstap', () => {
  it('a length of 2^32-1 ends the reading with what came before, and takes no memory', async () => {
    const broken = Uint8Array.from([...fstrm([QUERY], false), 0xff, 0xff, 0xff, 0xff, 1, 2, 3])
    const { rows, counts } = await read(broken)
    expect(rows).toHaveLength(1)
    expect(counts.failure).toMatch(/holds no more frames of dnstap from octet \d+ on\.$/)
    expect(counts.malformed).toEqual({ 'frame-invalid': 1 })
    const long = Uint8Array.from([0, 0x04, 0, 1])
    expect((await read(long)).counts.malformed).toEqual({ 'frame-invalid': 1 })
    expect(FRAME_OCTETS_MAX).toBe(0x04_0000)
  })

  it('a file without START or without STOP, or cut in a frame, is read as far as it goes', async () => {
    const whole = Uint8Array.from([...frame(QUERY), ...frame(ANSWER)])
    expect((await read(whole)).rows).toHaveLength(1)
    const cut = await read(fstrm([QUERY, ANSWER], false).subarray(0, -5))
    expect(cut.rows).toHaveLength(1)
    expect(cut.counts.malformed).toEqual({ 'frame-cut': 1 })
  })

  it('another content type is one sentence', async () => {
    const { rows, counts } = await read(Uint8Array.from([...control(2, 'protobuf:other'), ...frame(QUERY)]))
    expect(rows).toEqual([])
    expect(counts.failure).toBe('/fixture is a Frame Streams file of something else than dnstap.')
  })

  it('missing fields, unknown kinds and empty frames are counted, and the next is read', async () => {
    const unknown = tapped({ type: 77, message: message() })
    const empty = tapped({ message: [] })
    const torn = QUERY.slice(0, -9)
    const { rows, counts } = await read(fstrm([unknown, empty, torn, [0xff], QUERY]))
    expect(rows).toHaveLength(1)
    expect(counts).toMatchObject({ packets: 5, skipped: 1 })
    expect(counts.malformed).toEqual({ 'dnstap-incomplete': 1, 'dnstap-invalid': 2 })
  })

  it('a flood of control frames is no more than read', async () => {
    const flood = Array.from({ length: 5000 }, () => control(4, 'protobuf:dnstap.Dnstap')).flat()
    const { rows } = await read(Uint8Array.from([...flood, ...frame(QUERY)]), 777)
    expect(rows).toHaveLength(1)
  })
})
