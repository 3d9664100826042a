import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { RowView } from '../../batch/row-view.ts'
import { message, response } from '../capture/compose.testing.ts'
import { newCounts } from '../input-counts.ts'
import type { LiveCounts } from '../live/live-place.ts'
import { control, frame, tapped } from './compose.testing.ts'
import { DnstapServer } from './dnstap-server.ts'
import { CONTENT_TYPE } from './frame-reader.ts'

let folder: string
let path: string
let ending: AbortController
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wakeful-dnstap-'))
  path = join(folder, 'dnstap.sock')
  ending = new AbortController()
})
afterEach(() => {
  ending.abort()
  rmSync(folder, { recursive: true, force: true })
})

const query = (name: string, id: number) => tapped({ message: message({ id, name }) })
const answer = (name: string, id: number) => tapped({ type: 6, timeMs: 1e12 + 20, message: response({ id, name }) })
const START = control(2, CONTENT_TYPE)
const READY = control(4, CONTENT_TYPE)
const STOP = control(3)

/** A server that listens, and the names it hands on as they come. */
async function listening() {
  const counts: LiveCounts = { ...newCounts('tap'), dropped: 0 }
  const options = { ports: [], responseWaitMs: 5000 }
  const server = new DnstapServer({ label: 'tap', index: 0, counts, options, now: Date.now, onTrouble() {} })
  await server.listen({ path }, ending.signal)
  const names: string[] = []
  const over = (async () => {
    for await (const batch of server.read(ending.signal)) {
      for (let row = 0; row < batch.rows; row++) names.push(new RowView(batch, row).qname)
    }
  })()
  const until = async (holds: () => boolean) => {
    while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5))
  }
  return { counts, names, over, until }
}

async function sender(...parts: number[][]): Promise<Socket> {
  const socket = connect(path)
  await once(socket, 'connect')
  socket.on('error', () => {})
  for (const part of parts) socket.write(Uint8Array.from(part))
  return socket
}

describe.skipIf(process.platform === 'win32')('dnstap over a socket', () => {
  it('shakes hands both ways, joins what comes, and hands it on without waiting for more', async () => {
    const { counts, names, until } = await listening()
    const socket = await sender(READY)
    const [accepted] = (await once(socket, 'data')) as [Buffer]
    expect([...accepted]).toEqual(control(1, CONTENT_TYPE))
    socket.write(Uint8Array.from([...START, ...frame(query('a.example', 1)), ...frame(answer('a.example', 1))]))
    await until(() => names.length === 1)
    expect(names).toEqual(['a.example'])
    socket.write(Uint8Array.from(STOP))
    const [finished] = (await once(socket, 'data')) as [Buffer]
    expect([...finished]).toEqual(control(5))
    expect(counts).toMatchObject({ packets: 2, rows: 1, malformed: {}, dropped: 0 })
  })

  it('takes a sender that only sends, in pieces of one octet; a query without an answer comes in time', async () => {
    const { names, until } = await listening()
    const socket = await sender()
    const octets = [...START, ...frame(query('b.example', 2)), ...frame(answer('b.example', 2))]
    for (const octet of octets) socket.write(Uint8Array.of(octet))
    await until(() => names.length === 1)
    socket.destroy()
  })

  it('joins a query of one connection with its answer on another, as threads of a resolver send them', async () => {
    const { counts, names, until } = await listening()
    await sender(START, frame(query('c.example', 3)))
    await until(() => counts.queries === 1)
    await sender(START, frame(answer('c.example', 3)))
    await until(() => names.length === 1)
    expect(counts).toMatchObject({ rows: 1, queries: 1, responses: 1 })
  })

  it.each([
    ['a length of 2^32-1', [START, [0xff, 0xff, 0xff, 0xff, 1, 2]], 'frame-invalid'],
    ['another content type', [control(4, 'protobuf:other')], 'content-type'],
    ['data before START', [frame(query('d.example', 4))], 'frame-before-start'],
    ['a flood of READY', [Array.from({ length: 40 }, () => READY).flat()], 'control-flood'],
    ['HTTP', [[...Buffer.from('GET / HTTP/1.1\r\n\r\n')]], 'frame-invalid'],
  ])('L7: %s ends that connection, counted, and no other', async (_, parts, reason) => {
    const { counts, names, until } = await listening()
    const good = await sender(START)
    const bad = await sender(...parts)
    await once(bad.resume(), 'close')
    await until(() => counts.malformed[reason] === 1)
    good.write(Uint8Array.from([...frame(query('e.example', 5)), ...frame(answer('e.example', 5))]))
    await until(() => names.length === 1)
  })

  it('L7, drill 7: of a thousand connections it keeps 64, counts the others, and is there for the next', async () => {
    const { counts, names, until } = await listening()
    const sockets: Socket[] = []
    // Who comes while the system keeps no more for us is told to come again.
    while (sockets.length < 1000) {
      const socket = await sender().catch(() => undefined)
      if (socket) sockets.push(socket)
      else await new Promise((resolve) => setTimeout(resolve, 1))
    }
    await until(() => (counts.malformed['connection-refused'] ?? 0) === 936)
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => setTimeout(resolve, 50))
    await sender(START, frame(query('f.example', 6)), frame(answer('f.example', 6)))
    await until(() => names.length === 1)
  })

  it('leaves out what comes faster than it is judged, counts it exactly, and takes the rest', async () => {
    const counts: LiveCounts = { ...newCounts('tap'), dropped: 0 }
    const options = { ports: [], responseWaitMs: 5000 }
    const server = new DnstapServer({ label: 'tap', index: 0, counts, options, now: Date.now, onTrouble() {} })
    await server.listen({ path }, ending.signal)
    const pairs = 120_000
    const socket = await sender(START)
    // Nobody reads yet: what is kept is bounded.
    for (let i = 0; i < pairs; i += 1000) {
      const part: number[] = []
      for (let j = i; j < i + 1000; j++)
        part.push(...frame(query('g.example', j & 0xffff)), ...frame(answer('g.example', j & 0xffff)))
      if (!socket.write(Uint8Array.from(part))) await once(socket, 'drain')
    }
    while (counts.packets + counts.dropped! < 2 * pairs) await new Promise((resolve) => setTimeout(resolve, 20))
    expect(counts.dropped).toBeGreaterThan(0)
    expect(counts.packets + counts.dropped!).toBe(2 * pairs)
    let rows = 0
    ending.abort()
    for await (const batch of server.read(new AbortController().signal)) rows += batch.rows
    expect(rows).toBe(counts.rows)
  }, 60_000)

  it('takes over a socket that nobody listens on any more, and no other place', async () => {
    const before = createServer()
    await new Promise<void>((resolve) => before.listen(path, resolve))
    await expect(listening()).rejects.toThrow('listened on by another process')
    before.close()
    writeFileSync(join(folder, 'file'), '')
    path = join(folder, 'file')
    await expect(listening()).rejects.toThrow('is no socket')
    expect(existsSync(path)).toBe(true)
    path = join(folder, 'none', 'dnstap.sock')
    await expect(listening()).rejects.toThrow('cannot be listened on')
  })
})
