import { describe, expect, it } from 'vitest'
import { COUNTER_LINES } from './plain-counter.ts'
import type { TunnelResult } from './tunnel-result.ts'
import { spreadOf, tunnelTotals } from './tunnel-totals.ts'

const result = (network: string, split: string, queries: number | null): TunnelResult => ({
  ...{ file: 'x', network, split, family: 'iodine', tool: 'iodine' },
  alerts: queries === null ? [] : ['evil.example'],
  outside: ['other.example'],
  queries,
  octets: queries === null ? null : queries * 20,
  prefixOctets: queries === null ? null : queries * 30,
  detectors: [],
  counter: COUNTER_LINES.map((line) => ({ line, queries: null, octets: null, falseDomains: 2 })),
})

describe('spreadOf', () => {
  it('is values that happened, by nearest rank', () => {
    const values = Array.from({ length: 22 }, (_, i) => i + 1)
    expect(spreadOf(values)).toEqual({ p50: 11, p95: 21, max: 22 })
    expect(spreadOf([...values].reverse())).toEqual({ p50: 11, p95: 21, max: 22 })
  })

  it('leaves captures without an alert out, and is null where none had one', () => {
    expect(spreadOf([null, 4, null, 100])).toEqual({ p50: 4, p95: 100, max: 100 })
    expect(spreadOf([null])).toBeNull()
    expect(spreadOf([])).toBeNull()
  })
})

describe('tunnelTotals', () => {
  it('keeps the lab apart from the rest, and what trained apart from what did not', () => {
    const totals = tunnelTotals([
      result('lab', 'dev', 4),
      result('lab', 'dev', null),
      result('lab', 'train', 5),
      result('somebody/else', 'dev', 6),
    ])
    const own = totals.filter((total) => total.detector === 'wakeful')
    expect(own.map(({ set, split, found, captures }) => `${set} ${split} ${found}/${captures}`)).toEqual([
      'lab dev 1/2',
      'lab train 1/1',
      'public dev 1/1',
    ])
    expect(own[0]).toMatchObject({
      queries: { max: 4 },
      octets: { max: 80 },
      prefixOctets: { max: 120 },
      falseAlerts: 2,
    })
    const counter = totals.find((total) => total.detector === 'counter 1,024')
    expect(counter).toMatchObject({ set: 'lab', split: 'dev', found: 0, captures: 2, queries: null, falseAlerts: 4 })
  })
})
