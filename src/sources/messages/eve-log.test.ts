import { describe, expect, it } from 'vitest'
import { readContent } from '../logs/log.testing.ts'
import { openEve } from './eve-log.ts'

const SIDES = { src_ip: '10.0.0.5', src_port: 4000, dest_ip: '10.0.0.53', dest_port: 53, proto: 'UDP', flow_id: 77 }
const BACK = { src_ip: '10.0.0.53', src_port: 53, dest_ip: '10.0.0.5', dest_port: 4000, proto: 'UDP', flow_id: 77 }
const event = (seconds: number, sides: object, dns: object) =>
  JSON.stringify({ timestamp: `2026-11-22T11:06:${10 + seconds}.000000+0000`, event_type: 'dns', ...sides, dns })

const read = (...lines: string[]) => readContent(`${lines.join('\n')}\n`, openEve)

const EXCHANGE = { qname: 'a.de', client: '10.0.0.5', resolver: '10.0.0.53', roundTripMs: 1000, rcode: 0 }

describe('L3: the versions of eve.json', () => {
  it('1: an event a query, an event a record of the answer', async () => {
    const answer = { type: 'answer', id: 9, rcode: 'NOERROR', rrname: 'a.de', rrtype: 'A', ttl: 30 }
    const { rows, counts } = await read(
      event(0, SIDES, { type: 'query', id: 9, rrname: 'a.de', rrtype: 'A' }),
      event(1, BACK, { ...answer, rdata: '192.0.2.1' }),
      event(1, BACK, { ...answer, rdata: '192.0.2.2' }),
    )
    expect(rows).toMatchObject([{ ...EXCHANGE, answers: 2, addressOctets: 8 }])
    expect(counts).toMatchObject({ queries: 1, responses: 1, rows: 1 })
  })

  it('2: an event a query, an event an answer from the server', async () => {
    const answers = [{ rrname: 'a.de', rrtype: 'A', ttl: 30, rdata: '192.0.2.1' }]
    const { rows } = await read(
      event(0, SIDES, { version: 2, type: 'query', id: 9, rrname: 'a.de', rrtype: 'A' }),
      event(1, BACK, { version: 2, type: 'answer', id: 9, rrname: 'a.de', rrtype: 'A', rcode: 'NOERROR', answers }),
    )
    expect(rows).toMatchObject([{ ...EXCHANGE, answers: 1, addressOctets: 4 }])
  })

  it('3: requests and responses, both from the client', async () => {
    const queries = [{ rrname: 'a.de', rrtype: 'A' }]
    const { rows } = await read(
      event(0, SIDES, { version: 3, type: 'request', id: 9, queries }),
      event(1, SIDES, { version: 3, type: 'response', id: 9, queries, rcode: 'NOERROR', answers: [] }),
    )
    expect(rows).toMatchObject([EXCHANGE])
  })

  it('other events are passed over, and an answer without its query stands alone', async () => {
    const { rows, counts } = await read(
      '{"timestamp":"2026-11-22T11:06:24.000000+0000","event_type":"flow","flow":{}}',
      event(1, SIDES, { version: 3, type: 'response', id: 9, queries: [{ rrname: 'b.de' }], rcode: 'NXDOMAIN' }),
      '{"event_type":"dns","dns":{"rrname":"a.de","type":"query"}}',
      '{broken',
    )
    expect(rows).toMatchObject([{ qname: 'b.de', rcode: 3, marks: ['response', 'hasClient'] }])
    expect(counts).toMatchObject({ skipped: 1, malformed: { 'time-invalid': 1, 'json-invalid': 1 } })
  })
})
