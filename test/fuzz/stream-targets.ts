import { DnsBatch } from '../../src/batch/dns-batch.ts'
import { writeRow } from '../../src/batch/row-codec.ts'
import { NAME_OCTETS_MAX } from '../../src/dns/name.ts'
import { decodeHandOver, encodeHandOver } from '../../src/pipeline/stream/hand-over-message.ts'
import { exchangeMessage } from '../../src/sinks/messages/exchange.ts'
import { decodeMessage } from '../../src/sources/messages/index.ts'
import { REFUSALS } from '../../src/sources/messages/message-read.ts'
import { demand, type Target } from './target.ts'

const text = (value: unknown) => new Uint8Array(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)))
const EXCHANGE = text({
  ...{
    timeMs: 1700000000250,
    client: '10.0.0.5',
    resolver: '2001:db8::1',
    qname: 'a\\046b.example',
    qtype: 'TXT',
    rcode: 0,
  },
  ...{ answers: ['TXT 3 abc', { data: '192.0.2.1' }], querySizeBytes: 40, responseSizeBytes: 80 },
  more: { roundTripMs: 2.5, marks: 3, targets: ['t.example'], answerHashLo: 7 },
})
const EVE = {
  timestamp: '2023-11-14T22:13:20.250000+0000',
  event_type: 'dns',
  src_ip: '10.0.0.5',
  dest_ip: '10.0.0.1',
  dest_port: 53,
  proto: 'UDP',
}
const ANSWERS = [{ rrname: 'a.example', rrtype: 'TXT', ttl: 60, rdata: 'abc' }]

const batch = new DnsBatch(2)
const row = (() => {
  const made = new DnsBatch(1)
  decodeMessage(EXCHANGE, made)
  return writeRow(made, 0)
})()

/** What streams carry: one line a decoder. */
export const STREAM_TARGETS: readonly Target[] = [
  {
    name: 'message',
    corpus: [
      EXCHANGE,
      row,
      text({ ...EVE, dns: { type: 'query', rrname: 'a.example', rrtype: 'A' } }),
      text({
        ...EVE,
        dns: {
          version: 3,
          type: 'response',
          queries: [{ rrname: 'a.example', rrtype: 'TXT' }],
          rcode: 'NOERROR',
          answers: ANSWERS,
        },
      }),
      text({
        ts: 1700000000.25,
        uid: 'C1',
        'id.orig_h': '10.0.0.5',
        query: 'a.example',
        qtype: 16,
        rcode: 0,
        answers: ['TXT 3 abc'],
      }),
      text('58:50.7,24,7,0,10,8,2.054028744,6,6,7,3.166666667,4,224,11,1,1'),
      text('{"kind":"marker","timeMs":5}'),
    ],
    weight: 16,
    run: runMessage,
  },
  {
    name: 'hand-over',
    corpus: [text(encodeHandOver({ partition: 1, passedMs: 60_000, idle: false, facts: [], alerted: [[1, 2]] }))],
    weight: 4,
    run: (bytes) => typeof decodeHandOver(bytes) !== 'string',
  },
]

function runMessage(bytes: Uint8Array): boolean {
  batch.clear()
  const read = decodeMessage(bytes, batch)
  demand(batch.rows === (read.kind === 'row' ? 1 : 0), 'a row too many, or too few')
  demand(({} as Record<string, unknown>).qname === undefined, 'a prototype that was polluted')
  if (read.kind === 'refused') demand(REFUSALS.includes(read.reason), 'a reason nobody lists')
  if (read.kind !== 'row') return read.kind !== 'refused'
  demand(batch.nameLength[0] <= NAME_OCTETS_MAX, 'a name past its bound')
  // What was read can be written and read again, and is the same.
  const again = new DnsBatch(1)
  demand(decodeMessage(Buffer.from(exchangeMessage(batch, 0)), again).kind === 'row', 'a row that cannot be read again')
  const octets = (of: DnsBatch) => Buffer.from(of.arena.subarray(of.nameStart[0], of.nameStart[0] + of.nameLength[0]))
  demand(octets(batch).equals(octets(again)), 'a name that comes back as another')
  return true
}
