import { describe, expect, it } from 'vitest'
import { formatAddress } from '../../batch/address.ts'
import { CONN_STATES } from '../../batch/flow-batch.ts'
import { createRandom, randomInteger } from '../../stats/random.ts'
import { newCounts } from '../input-counts.ts'
import { detectType } from '../inputs/detect-type.ts'
import { memoryInput, missingInput } from '../logs/log.testing.ts'
import { FlowSource, type FlowType, isFlowType } from './flow-source.ts'

const NEW =
  'ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto service duration orig_bytes resp_bytes conn_state local_orig local_resp missed_bytes history orig_pkts orig_ip_bytes resp_pkts resp_ip_bytes tunnel_parents ip_proto'
/** Bro 2.1 knew neither packets' octets with headers nor where addresses are. */
const OLD =
  'ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto service duration orig_bytes resp_bytes conn_state history'

const log = (fields: string, rows: string[]) =>
  `#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tconn\n#fields\t${fields.replaceAll(' ', '\t')}\n${rows.map((row) => `${row.replaceAll(' ', '\t')}\n`).join('')}`

const UDP =
  '1514008794.122117 CDi 192.168.1.241 41493 8.8.8.8 53 udp dns 0.021378 34 95 SF T F 0 Dd 1 62 1 123 (empty) 17'
const REJECTED = '1514008795 CRe fe80::1 134 ff02::1 133 icmp - - - - S0 F F 0 - 1 52 0 0 (empty) 1'

async function read(content: string | Uint8Array, type: FlowType = 'zeek-conn', chunk?: number) {
  const counts = newCounts('fixture')
  const rows = []
  const source = new FlowSource(memoryInput(content, chunk), type, counts)
  for await (const batch of source.read(new AbortController().signal)) {
    for (let row = 0; row < batch.rows; row++) {
      rows.push({
        timeMs: batch.timeMs[row],
        durationMs: batch.durationMs[row],
        client: `${formatAddress(batch.client, row * 16)}:${batch.clientPort[row]}`,
        server: `${formatAddress(batch.server, row * 16)}:${batch.serverPort[row]}`,
        bytes: [batch.clientBytes[row], batch.serverBytes[row]],
        packets: [batch.clientPackets[row], batch.serverPackets[row]],
        ipBytes: [batch.clientIpBytes[row], batch.serverIpBytes[row]],
        said: [CONN_STATES[batch.state[row]], batch.history[row], batch.service[row]],
        hasId: batch.flowLo[row] !== 0,
      })
    }
  }
  return { rows, counts }
}

const WHOLE = {
  timeMs: 1514008794122.117,
  durationMs: 21.378,
  client: '192.168.1.241:41493',
  server: '8.8.8.8:53',
  bytes: [34, 95],
  packets: [1, 1],
  ipBytes: [62, 123],
  said: ['SF', 'Dd', 'dns'],
  hasId: true,
}

describe('conn.log', () => {
  it('gives what the columns say; what is unset is missing, never 0', async () => {
    const { rows, counts } = await read(log(NEW, [UDP, REJECTED]))
    expect(rows[0]).toEqual({ ...WHOLE, durationMs: expect.closeTo(21.378, 9) })
    expect(rows[1]).toMatchObject({
      ...{ durationMs: Number.NaN, bytes: [Number.NaN, Number.NaN], packets: [1, 0], said: ['S0', '', ''] },
      client: 'fe80::1:134',
    })
    expect(counts).toMatchObject({ rows: 2, malformed: {} })
  })

  it('of an older Zeek lacks columns', async () => {
    const { rows } = await read(log(OLD, ['1514008794.5 CDi 10.0.0.1 5 10.0.0.2 53 udp dns 0.1 34 95 SF Dd']))
    expect(rows[0]).toMatchObject({ bytes: [34, 95], packets: [Number.NaN, Number.NaN], said: ['SF', 'Dd', 'dns'] })
  })

  it('as JSON gives the same, ids dotted or as an object', async () => {
    const cells = UDP.split(' ')
    const names = NEW.split(' ')
    const fields = Object.fromEntries(
      names.map((name, i) => [name, /^[\d.]+$/.test(cells[i]) && !/_h$/.test(name) ? Number(cells[i]) : cells[i]]),
    )
    const { rows: dotted } = await read(`${JSON.stringify({ _path: 'conn', ...fields })}\n`, 'zeek-conn-json')
    const id = { orig_h: cells[2], orig_p: 41493, resp_h: cells[4], resp_p: 53 }
    const inside = { ...Object.fromEntries(Object.entries(fields).filter(([name]) => !name.startsWith('id.'))), id }
    const { rows: nested } = await read(JSON.stringify(inside), 'zeek-conn-json')
    const want = { ...WHOLE, durationMs: expect.closeTo(21.378, 9) }
    expect([dotted[0], nested[0]]).toEqual([want, want])
    expect(detectType(Buffer.from(`${JSON.stringify(inside)}\n`)).type).toBe('zeek-conn-json')
  })

  it('without its header is read by the usual columns, and another log inside is skipped', async () => {
    const { rows, counts } = await read(`${UDP.replaceAll(' ', '\t').replace(/\t17$/, '')}\n`)
    expect(rows[0].bytes).toEqual([34, 95])
    expect(counts.malformed).toEqual({ 'header-missing': 1 })
    const { rows: own, counts: both } = await read(`#path\tdns\n#fields\tts\n1\n${log(NEW, [UDP])}`)
    expect(own).toHaveLength(1)
    expect(both.skipped).toBe(1)
  })

  it('counts what is no flow, and reads on', async () => {
    const cut = UDP.split(' ').slice(0, 9).join(' ')
    const odd = UDP.replace('34 95', '-7 1e9').replace('8.8.8.8', 'nowhere').replace(' 41493 ', ' 99999 ')
    const { rows, counts } = await read(log(NEW, [UDP.replace('1514008794.122117', 'never'), cut, odd, UDP]))
    expect(rows.map(({ client, bytes }) => [client, bytes])).toEqual([
      ['192.168.1.241:0', [Number.NaN, Number.NaN]],
      ['192.168.1.241:41493', [34, 95]],
    ])
    expect(counts.malformed).toEqual({ 'time-invalid': 1, 'columns-missing': 1, 'address-invalid': 1 })
    const json = await read('{"a"\n[1]\n\n{"ts":1,"uid":{"x":1}}\n', 'zeek-conn-json')
    expect(json.counts.malformed).toEqual({ 'json-invalid': 2, 'address-invalid': 2 })
  })

  it('is the same for chunks of any size, and told by its content', async () => {
    const content = log(NEW, [UDP, REJECTED, UDP])
    expect(isFlowType(detectType(Buffer.from(content)).type)).toBe(true)
    const whole = await read(content)
    for (const chunk of [1, 7, 100])
      expect(await read(content.replaceAll('\n', '\r\n'), 'zeek-conn', chunk)).toEqual(whole)
  })

  it('survives any change of its octets', async () => {
    const random = createRandom(7)
    for (const [type, content] of [
      ['zeek-conn', log(NEW, [UDP, REJECTED, UDP])],
      ['zeek-conn-json', `{"ts":1.5,"uid":"C","id.orig_h":"10.0.0.1","orig_bytes":7,"history":"Dd"}\n`.repeat(3)],
    ] as const) {
      for (let i = 0; i < 300; i++) {
        const bytes = Buffer.from(content)
        for (let k = 0; k < 4; k++) bytes[randomInteger(random, bytes.length)] = randomInteger(random, 256)
        const { rows, counts } = await read(bytes, type, 1 + randomInteger(random, 64))
        expect(rows.length).toBe(counts.rows)
        expect(rows.every(({ timeMs }) => Number.isFinite(timeMs))).toBe(true)
      }
    }
  })

  it('says why it could not be read', async () => {
    const counts = newCounts('fixture')
    const source = new FlowSource(missingInput(), 'zeek-conn', counts)
    for await (const _ of source.read(new AbortController().signal)) expect.fail()
    expect(counts.failure).toBe('/fixture does not exist.')
  })
})
