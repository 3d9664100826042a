import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, createServer as createTcp } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MemoryBroker } from '../../broker/memory-broker.ts'
import type { Alert } from '../../sinks/alerts/alert.ts'
import { ALERT_FORMATS } from '../../sinks/alerts/index.ts'
import { anIncident } from '../../sinks/incident.testing.ts'
import { addressGuard } from '../address-guard.ts'
import { DeliveryError } from '../target.ts'
import { brokerTarget } from './broker-target.ts'
import { fileTarget, streamTarget } from './lines-target.ts'
import { syslogTarget } from './syslog-target.ts'
import { webhookTarget } from './webhook-target.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wakeful-targets-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const alert = (revision = 1): Alert => ({ incident: anIncident(), revision, link: null })
const format = (name: string) => ALERT_FORMATS.find((known) => known.name === name)!
const signal = () => AbortSignal.timeout(5000)
const sender = { hostname: 'here', processId: 7 }

describe('a file', () => {
  it('gets a line an alert, goes on in a new one after a rotation, and says where it cannot be written', async () => {
    const path = join(folder, 'alerts.ndjson')
    const target = fileTarget('file', path, format('json'))
    await target.deliver(alert(1), signal())
    renameSync(path, `${path}.1`)
    await target.deliver(alert(2), signal())
    await target.deliver(alert(3), signal())
    const revisions = readFileSync(path, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).revision)
    expect(revisions).toEqual([2, 3])
    const nowhere = fileTarget('file', join(folder, 'none', 'x'), format('json'))
    await expect(nowhere.deliver(alert(), signal())).rejects.toThrow(DeliveryError)
  })
})

describe('a stream', () => {
  it('gets the same', async () => {
    const said: string[] = []
    await streamTarget('stdout', async (text) => void said.push(text), format('cef')).deliver(alert(), signal())
    expect(said[0]).toMatch(/^CEF:0\|wakeful\|.*\n$/)
  })
})

describe('a topic', () => {
  it('gets revisions of one incident in one partition, keyed by its domain', async () => {
    const broker = new MemoryBroker({ now: () => 0 })
    await broker.create('incidents', 8)
    const target = brokerTarget('kafka', 'incidents', format('json'), Promise.resolve(broker))
    await target.deliver(alert(1), signal())
    await target.deliver(alert(2), signal())
    const spans = (await broker.spans('incidents'))!.map(({ next }) => next)
    expect(spans.sort()).toEqual([0, 0, 0, 0, 0, 0, 0, 2])
    for await (const { messages } of broker.readAll('incidents')) {
      expect(messages.map(({ key }) => Buffer.from(key!).toString())).toEqual(['evil.example', 'evil.example'])
    }
  })

  it('says where its broker is not there', async () => {
    const target = brokerTarget('kafka', 'incidents', format('json'), Promise.reject(new Error('no broker')))
    await expect(target.deliver(alert(), signal())).rejects.toThrow('kafka cannot be written to (no broker).')
    await target.close?.()
  })
})

describe('a syslog collector', () => {
  it('gets a datagram an alert over UDP', async () => {
    const socket = createSocket('udp4')
    socket.bind(0, '127.0.0.1')
    await once(socket, 'listening')
    const { port } = socket.address()
    const target = syslogTarget({
      ...{
        name: 'siem',
        transport: 'udp',
        host: '127.0.0.1',
        port,
        format: format('cef'),
        sender,
        now: () => 1_795_000_000_000,
      },
    })
    const heard = once(socket, 'message')
    await target.deliver(alert(), signal())
    const [octets] = (await heard) as [Buffer]
    expect(octets.toString()).toMatch(/^<34>1 2026-11-18T11:06:40\.000Z here wakeful 7 incident - CEF:0\|/)
    socket.close()
  })

  it('is connected to anew after it hung up, and said to be away while it is', async () => {
    const server = createTcp((socket) => {
      socket.on('error', () => {})
      socket.once('data', (octets) => {
        heard.push(octets.toString())
        socket.resetAndDestroy()
      })
    })
    const heard: string[] = []
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const target = syslogTarget({
      ...{ name: 'siem', transport: 'tcp', host: '127.0.0.1', port, format: format('cef'), sender, now: () => 0 },
    })
    await target.deliver(alert(1), signal())
    await new Promise((resolve) => setTimeout(resolve, 50))
    await target.deliver(alert(2), signal())
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(heard).toHaveLength(2)
    server.close()
    await new Promise((resolve) => setTimeout(resolve, 20))
    await expect(target.deliver(alert(3), signal())).rejects.toThrow('siem cannot be reached')
  })
})

describe('a webhook', () => {
  it('gets the body, its kind, the key of a repeat, and a token', async () => {
    const server = createServer(async (request, response) => {
      let body = ''
      for await (const part of request) body += String(part)
      asked.push({ headers: request.headers, body })
      response.end()
    })
    const asked: { headers: NodeJS.Dict<string | string[]>; body: string }[] = []
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`)
    const guard = addressGuard(['127.0.0.0/8'])
    await webhookTarget({ name: 'hook', url, format: format('slack'), guard, token: 't' }).deliver(alert(4), signal())
    server.close()
    expect(asked[0].headers).toMatchObject({
      'content-type': 'application/json',
      'idempotency-key': '0123456789abcdef/4',
      authorization: 'Bearer t',
    })
    expect(JSON.parse(asked[0].body).text).toContain('evil.example')
  })
})
