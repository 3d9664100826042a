import { expect, it } from 'vitest'
import { DnsBatch } from '../../batch/dns-batch.ts'
import { message, question } from '../../dns/message.testing.ts'
import { DnsMessage } from '../../dns/message.ts'
import { decodeMessage } from '../../dns/wire.ts'
import { Flow } from './flow.ts'
import { QueryRecords } from './query-records.ts'

function decoded(name: string, type = 1): DnsMessage {
  const bytes = message(0x0100, [1, 0, 0, 0], question(name, type))
  const out = new DnsMessage()
  decodeMessage(bytes, 0, bytes.length, out)
  return out
}

function flow(client: number, clientPort: number): Flow {
  const made = new Flow()
  made.source.fill(client)
  made.destination.fill(53)
  made.sourcePort = clientPort
  made.destinationPort = 53
  made.timeMs = 1.5
  made.position = 2 ** 40
  return made
}

const records = new QueryRecords(3)
// Neighbours full of other values, so that a record written past its end shows.
for (const slot of [0, 2]) records.write(slot, flow(0xee, 0xeeee), decoded('zzzz.'.repeat(50)), 7, true, 0)
records.write(1, flow(9, 65_535), decoded('Ab.Example'), 60, true, 0)

it.each([
  ['itself', 'Ab.Example', 1, 9, true],
  ['another case', 'aB.eXAMPLE', 1, 9, true],
  ['an octet that only looks like another case', 'Ab.Ex`mple', 1, 9, false],
  ['a longer name', 'Ab.Example.x', 1, 9, false],
  ['another type', 'Ab.Example', 28, 9, false],
  ['another client', 'Ab.Example', 1, 8, false],
])('tells a question from %s', (_what, name, type, client, same) => {
  // A message object with what a longer name left in it.
  const used = decoded('zzzzzzzzzzzzzzzzzzzz.zzzzzzzzzzzz')
  const bytes = message(0x0100, [1, 0, 0, 0], question(name, type))
  decodeMessage(bytes, 0, bytes.length, used)
  expect(records.isQuestion(1, flow(client, 1), used, true)).toBe(same)
  expect(records.isExchange(1, flow(client, 65_535), used, true)).toBe(same)
  expect(records.isExchange(1, flow(client, 1), used, true)).toBe(false)
})

it('gives the longest name and every figure back, beside its neighbours', () => {
  const batch = new DnsBatch(3)
  for (let slot = 0; slot < 3; slot++) expect(records.appendTo(batch, slot)).toBe(slot)
  expect([...batch.nameLength]).toEqual([250, 11, 250])
  expect([...batch.resolverPort]).toEqual([53, 53, 53])
  expect([batch.timeMs[1], batch.position[1], batch.querySizeBytes[1], batch.flags[1]]).toEqual([
    1.5,
    2 ** 40,
    60,
    0x100,
  ])
  expect([...batch.client.subarray(16, 32)]).toEqual(Array(16).fill(9))
  expect([batch.rcode[1], batch.ttlMinSeconds[1], batch.roundTripMs[1]]).toEqual([-1, -1, Number.NaN])
})
