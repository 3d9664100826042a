import { describe, expect, it } from 'vitest'
import { parseAddress } from '../../batch/address.ts'
import { TRANSPORT } from '../../batch/dns-batch.ts'
import { FlowBatch } from '../../batch/flow-batch.ts'
import { START_MS } from '../../batch/rows.testing.ts'
import { EncryptedDns } from './encrypted-dns.ts'

interface Seen {
  server?: string
  port?: number
  transport?: number
  service?: string
  out?: number
  in?: number
  minute?: number
}

function listOf(...seen: Seen[]) {
  const flows = new FlowBatch(Math.max(1, seen.length))
  const hidden = new EncryptedDns()
  for (const {
    server = '192.0.2.9',
    port = 853,
    transport = TRANSPORT.tcp,
    service = 'ssl',
    out = 500,
    in: got = 900,
    minute = 0,
  } of seen) {
    const row = flows.addRow()
    parseAddress('10.0.0.5', flows.client, row * 16)
    parseAddress(server, flows.server, row * 16)
    flows.serverPort[row] = port
    flows.transport[row] = transport
    flows.service[row] = service
    flows.clientBytes[row] = out
    flows.serverBytes[row] = got
    flows.timeMs[row] = START_MS + minute * 60_000
    hidden.add(flows, row)
  }
  return hidden.list()
}

describe('EncryptedDns', () => {
  it('knows names that nobody sees by port, by resolver, and by what else is on port 53', () => {
    const kinds = (seen: Seen) => listOf(seen).map(({ kind }) => kind)
    expect(kinds({})).toEqual(['dot'])
    expect(kinds({ transport: TRANSPORT.udp })).toEqual(['doq'])
    expect(kinds({ port: 443, server: '9.9.9.9' })).toEqual(['doh'])
    expect(kinds({ port: 443, server: '2620:fe::fe', service: 'quic,ssl' })).toEqual(['doh'])
    expect(kinds({ port: 53, service: 'ssh' })).toEqual(['not-dns-on-53'])
    expect(kinds({ port: 443 })).toEqual([])
    expect(kinds({ port: 443, server: '8.8.8.8', service: 'http' })).toEqual([])
    expect(kinds({ port: 53, service: 'dns' })).toEqual([])
    expect(kinds({ port: 53, service: '' })).toEqual([])
    expect(kinds({ out: 0, in: Number.NaN })).toEqual([])
  })

  it('sums by client and server, and marks an upload that goes on', () => {
    const upload = Array.from({ length: 20 }, (_, minute) => ({ minute, out: 8000, in: 500 }))
    const browsing = upload.map(({ minute }) => ({ minute, server: '192.0.2.7', out: 8000, in: 20_000 }))
    const burst = upload.map(() => ({ server: '192.0.2.8', out: 8000, in: 500 }))
    const found = listOf(...upload, ...browsing, ...burst)
    expect(found.map(({ server, flows, isUpload }) => [server, flows, isUpload])).toEqual([
      ['192.0.2.9', 20, true],
      ['192.0.2.7', 20, false],
      ['192.0.2.8', 20, false],
    ])
    expect(found[0]).toMatchObject({
      client: '10.0.0.5',
      kind: 'dot',
      bytesOut: 160_000,
      bytesIn: 10_000,
      spanMs: 19 * 60_000,
    })
  })
})
