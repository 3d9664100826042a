import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Timeline } from './timeline.ts'

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

describe('Timeline', () => {
  it('loses nothing when its bars double, and has at most 32', () => {
    const event = fc.tuple(
      fc.integer({ min: -5000, max: 1e10 }),
      fc.integer({ min: 0, max: 9 }),
      fc.integer({ min: 0, max: 99 }),
    )
    fc.assert(
      fc.property(fc.array(event, { minLength: 1, maxLength: 60 }), (events) => {
        const timeline = new Timeline(1e12)
        for (const [since, queries, octets] of events) timeline.add(1e12 + since, queries, octets, octets)
        const bins = timeline.bins()
        expect(bins.length).toBeLessThanOrEqual(32)
        expect(sum(bins.map((bin) => bin.queries))).toBe(sum(events.map(([, queries]) => queries)))
        expect(sum(bins.map((bin) => bin.octets))).toBe(sum(events.map(([, , octets]) => octets)))
        expect(Math.max(...bins.map((bin) => bin.accountOctets))).toBe(
          Math.max(...events.map(([, , octets]) => octets)),
        )
      }),
    )
  })

  it('books each event in the bar of its time, whatever the order', () => {
    const forth = new Timeline(0)
    const back = new Timeline(0)
    const times = [0, 1500, 40_000, 41_000, 500_000]
    for (const time of times) forth.add(time, 1, time, 0)
    for (const time of times.toReversed()) back.add(time, 1, time, 0)
    expect(back.bins()).toEqual(forth.bins())
    const width = forth.bins()[1].timeMs
    expect(width).toBe(16_000)
    expect(forth.bins()[Math.floor(500_000 / width)].queries).toBe(1)
  })

  it('puts late events into the first bar, and everything where there are no times', () => {
    const late = new Timeline(10_000)
    late.add(3000, 1, 1, 1)
    expect(late.bins()).toEqual([{ timeMs: 10_000, queries: 1, octets: 1, accountOctets: 1 }])
    const untimed = new Timeline(Number.NaN)
    for (let i = 0; i < 3; i++) untimed.add(0, 1, 2, 3)
    expect(untimed.bins()).toEqual([{ timeMs: Number.NaN, queries: 3, octets: 6, accountOctets: 3 }])
  })
})
