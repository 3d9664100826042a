import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FlowView } from './family.ts'
import { flowFamilies, flowFeatures, writeFlowRow } from './index.ts'

const counted = fc.oneof(fc.nat(1e9), fc.constant(Number.NaN), fc.constant(0))
const anyFlow: fc.Arbitrary<FlowView> = fc.record({
  ...{
    durationMs: counted,
    clientBytes: counted,
    serverBytes: counted,
    clientPackets: counted,
    serverPackets: counted,
  },
  ...{ clientIpBytes: counted, serverIpBytes: counted, history: fc.string({ maxLength: 64 }) },
})

function rowOf(flow: FlowView): Record<string, number> {
  const out = new Float64Array(flowFeatures.length)
  writeFlowRow(flow, out)
  return Object.fromEntries(flowFeatures.map(({ name }, i) => [name, out[i]]))
}

describe.each(flowFamilies.map((family) => [family.name, family] as const))('%s', (_, family) => {
  it('writes its own columns and no others, whatever the flow', () => {
    fc.assert(
      fc.property(anyFlow, (flow) => {
        const out = new Float64Array(family.features.length + 2).fill(7)
        family.extract(flow, out, 1)
        expect([out[0], out.at(-1)]).toEqual([7, 7])
      }),
    )
  })
})

describe('a flow’s row', () => {
  it('has a name of its own for every column, and no value that is infinite', () => {
    expect(new Set(flowFeatures.map(({ name }) => name)).size).toBe(flowFeatures.length)
    fc.assert(fc.property(anyFlow, (flow) => Object.values(rowOf(flow)).every((value) => Math.abs(value) !== Infinity)))
  })

  it('of a question and its answer', () => {
    const udp = {
      clientBytes: 34,
      serverBytes: 95,
      clientPackets: 1,
      serverPackets: 1,
      clientIpBytes: 62,
      serverIpBytes: 123,
    }
    expect(rowOf({ ...udp, durationMs: 20, history: 'Dd' })).toMatchObject({
      ...{ producerRatio: -61 / 129, clientBytesAPacket: 34, packetsASecond: 100, historyLetters: 2, wasReset: 0 },
    })
  })

  it('of a flow without an octet lacks what nothing says, and has what is 0', () => {
    const none = {
      clientBytes: 0,
      serverBytes: 0,
      clientPackets: 1,
      serverPackets: 0,
      clientIpBytes: 52,
      serverIpBytes: 0,
    }
    const row = rowOf({ ...none, durationMs: Number.NaN, history: '' })
    expect(row).toMatchObject({ clientBytes: 0, clientBytesAPacket: 0 })
    for (const name of ['producerRatio', 'serverBytesAPacket', 'durationMs', 'packetsASecond', 'historyLetters']) {
      expect(row[name], name).toBeNaN()
    }
  })
})
