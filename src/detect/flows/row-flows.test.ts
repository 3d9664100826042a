import { describe, expect, it } from 'vitest'
import { DnsBatch, MARK } from '../../batch/dns-batch.ts'
import { addRow, type Row, START_MS } from '../../batch/rows.testing.ts'
import { loadPublicSuffixes } from '../../dns/public-suffix.ts'
import { Canonicaliser } from '../canonical.ts'
import { CanonicalBatch } from '../canonical-batch.ts'
import { flowDetector } from './flow-detector.ts'
import { FlowTally } from './flow-tally.ts'
import { type RowFlow, RowFlows } from './row-flows.ts'

type Sized = Row & { asked: number; answered: number; port?: number; rtt?: number }

function flowsOf(rows: readonly Sized[]): RowFlow[] {
  const batch = new DnsBatch(64)
  for (const { asked, answered, port = 4000, rtt = 5, ...row } of rows) {
    const at = addRow(batch, row)
    batch.querySizeBytes[at] = asked
    batch.responseSizeBytes[at] = answered
    batch.clientPort[at] = port
    batch.roundTripMs[at] = rtt
    batch.marks[at] |= MARK.query
  }
  const canonical = new CanonicalBatch(Math.max(1, batch.rows))
  new Canonicaliser(loadPublicSuffixes(), 0, 1).canonicalise(batch, canonical)
  const found: RowFlow[] = []
  const flows = new RowFlows((flow) => found.push({ ...flow }))
  flows.addRows(canonical)
  flows.finish()
  return found
}

describe('RowFlows', () => {
  it('sums what one pair of ports says of one domain', () => {
    const [flow, ...more] = flowsOf([
      { qname: 'a.evil.example', time: START_MS, asked: 60, answered: 100 },
      { qname: 'b.evil.example', time: START_MS + 1000, asked: 70, answered: 0 },
    ])
    expect(more).toEqual([])
    expect(flow).toMatchObject({
      ...{ clientBytes: 130, serverBytes: 100, clientPackets: 2, serverPackets: 1, durationMs: 1005 },
      ...{ clientIpBytes: 130 + 2 * 28, serverIpBytes: 128, history: 'Dd', isIpv6: false },
    })
  })

  it('keeps domains, ports and long silences apart', () => {
    const found = flowsOf([
      { qname: 'a.evil.example', time: START_MS, asked: 60, answered: 0 },
      { qname: 'a.other.example', time: START_MS, asked: 61, answered: 0 },
      { qname: 'b.evil.example', time: START_MS, asked: 62, answered: 0, port: 4001 },
      { qname: 'c.evil.example', time: START_MS + 61_000, asked: 63, answered: 0 },
    ])
    expect(found.map(({ clientBytes }) => clientBytes).sort()).toEqual([60, 61, 62, 63])
    expect(found[0]).toMatchObject({ durationMs: Number.NaN, history: 'D' })
  })

  it('makes none of rows whose sizes nobody knows, nor of what stays on the link', () => {
    const multicast = { qname: 'printer.local', transport: 'multicast' as const, asked: 40, answered: 0 }
    expect(flowsOf([{ qname: 'a.evil.example', asked: 0, answered: 0 }, multicast])).toEqual([])
  })
})

describe('flowDetector', () => {
  const state = (prefixOctets: number, answerOctets: number, sent = 300, got = 400) => {
    const flows = new FlowTally()
    flows.add({ timeMs: 0, durationMs: 10, clientBytes: sent, serverBytes: got })
    return { flows, prefixOctets, answerOctets } as never
  }

  it('rises from who only gets to who only sends, and is silent where nothing was said', () => {
    const ratios = [state(0, 1e6), state(300, 300), state(1e6, 0)].map((of) => flowDetector.read(of)!.ratio)
    expect(ratios[0]).toBeCloseTo(0, 3)
    expect(ratios[1]).toBe(1)
    expect(ratios[2]).toBeCloseTo(2, 3)
    expect(flowDetector.read(state(0, 0))).toBeUndefined()
    expect(flowDetector.read({ flows: undefined } as never)).toBeUndefined()
  })

  it('says what it saw', () => {
    expect(flowDetector.read(state(3000, 1000, 6000, 7000))!.reason).toBe(
      'one flow of its own sent 6,000 octets and got 7,000, a producer-consumer ratio of -0.08; of what names said and answers told, 0.48, where 0 is balance',
    )
    expect(flowDetector.read(state(3000, 1000, 0, 0))!.reason).toContain('a producer-consumer ratio of unknown;')
  })
})
