import { describe, expect, it } from 'vitest'
import { parseAddress } from '../../batch/address.ts'
import { DnsBatch, MARK, TRANSPORT } from '../../batch/dns-batch.ts'
import { FlowBatch } from '../../batch/flow-batch.ts'
import { addRow, CLIENT, RESOLVER, type Row, START_MS } from '../../batch/rows.testing.ts'
import { loadPublicSuffixes } from '../../dns/public-suffix.ts'
import { plainModel, stateOf } from '../detect.testing.ts'
import { Detector } from '../detector.ts'
import { FlowIndex } from './flow-index.ts'
import { FlowJoin } from './flow-join.ts'

interface Asked extends Row {
  /** Stands for Zeek's uid; 0 for none. */
  id?: number
  port?: number
}

const name = (i: number, domain: string) => `${(i * 2654435761).toString(16).repeat(4)}.${domain}`

function observed(asked: readonly Asked[], join: FlowJoin): Detector {
  const detector: Detector = new Detector(plainModel(), loadPublicSuffixes(), {
    timed: true,
    onRows: (rows) => join.addRows(rows),
  })
  const batch = new DnsBatch(64)
  for (const { id = 0, port = 4000, ...row } of asked) {
    const at = addRow(batch, row)
    batch.flowLo[at] = batch.flowHi[at] = id
    batch.clientPort[at] = port
    batch.marks[at] |= MARK.query
  }
  detector.process(batch)
  detector.finish()
  return detector
}

interface Seen {
  id?: number
  port?: number
  time?: number
  durationMs?: number
  bytes?: [number, number]
}

function flows(...seen: Seen[]): FlowBatch {
  const batch = new FlowBatch(Math.max(1, seen.length))
  for (const { id = 0, port = 4000, time = START_MS, durationMs = 100, bytes = [300, 100] } of seen) {
    const at = batch.addRow()
    batch.flowLo[at] = batch.flowHi[at] = id
    parseAddress(CLIENT, batch.client, at * 16)
    parseAddress(RESOLVER, batch.server, at * 16)
    batch.clientPort[at] = port
    batch.serverPort[at] = 53
    batch.transport[at] = TRANSPORT.udp
    batch.timeMs[at] = time
    batch.durationMs[at] = durationMs
    batch.clientBytes[at] = bytes[0]
    batch.serverBytes[at] = bytes[1]
  }
  return batch
}

const tunnel = (count: number, id: (i: number) => number, domain = 'evil.example'): Asked[] =>
  Array.from({ length: count }, (_, i) => ({
    qname: name(i + 1, domain),
    time: START_MS + i * 1000,
    id: id(i),
    port: 4000 + i,
  }))

describe('FlowJoin', () => {
  it('gives a domain the flows that its names were asked over, by their id', () => {
    const join = new FlowJoin(64)
    const detector = observed(
      tunnel(20, (i) => i + 1),
      join,
    )
    join.addFlows(flows({ id: 3 }, { id: 5, bytes: [0, 0] }, { id: 99, port: 9 }), detector)
    expect(stateOf(detector, 'evil.example')!.flows).toMatchObject({
      flows: 2,
      empty: 1,
      clientBytes: 300,
      serverBytes: 100,
    })
    expect(join.counts).toMatchObject({
      rows: 20,
      rowsJoined: 2,
      flows: 3,
      flowsJoined: 2,
      flowsEmpty: 1,
      flowsByTuple: 0,
    })
  })

  it('joins what bears no id by addresses, ports and time', () => {
    const join = new FlowJoin(64)
    const detector = observed(
      tunnel(20, () => 0),
      join,
    )
    const late = START_MS + 3_600_000
    join.addFlows(
      flows({ port: 4003, time: START_MS + 3000 }, { port: 4004, time: late }, { port: 1, time: START_MS }),
      detector,
    )
    expect(join.counts).toMatchObject({ rowsJoined: 1, flowsJoined: 1, flowsByTuple: 1 })
    expect(stateOf(detector, 'evil.example')!.flows!.flows).toBe(1)
  })

  it('gives nobody a flow that several domains share, and counts a row once whatever flows bear its id', () => {
    const join = new FlowJoin(64)
    const detector = observed([...tunnel(20, () => 7), ...tunnel(20, () => 7, 'other.example')], join)
    join.addFlows(flows({ id: 7 }, { id: 7 }), detector)
    expect(join.counts).toMatchObject({ rows: 40, rowsJoined: 40, flowsJoined: 2, flowsShared: 2 })
    expect(stateOf(detector, 'evil.example')!.flows).toBeUndefined()
  })

  it('counts an octet that nobody counted as unknown, not as none', () => {
    const join = new FlowJoin(64)
    const detector = observed(
      tunnel(20, (i) => i + 1),
      join,
    )
    join.addFlows(flows({ id: 1, bytes: [Number.NaN, 40] }), detector)
    expect(join.counts.flowsEmpty).toBe(0)
    expect(stateOf(detector, 'evil.example')!.flows).toMatchObject({ clientBytes: 0, serverBytes: 40 })
  })
})

describe('FlowIndex', () => {
  it('keeps to its size: the flow heard longest ago gives way, counted', () => {
    const index = new FlowIndex(16)
    for (let i = 1; i <= 1000; i++) index.note(i, i, 1, 1, i)
    expect(index.find(1000, 1000)).toBeGreaterThanOrEqual(0)
    expect(index.find(1, 1)).toBe(-1)
    expect(index.evicted).toBe(1000 - 16)
  })
})
