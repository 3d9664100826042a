import { describe, expect, it } from 'vitest'
import { anIncident } from '../incident.testing.ts'
import { accountLine } from './account-plot.ts'
import { overTime } from './over-time.ts'
import { reasons } from './reasons.ts'
import { decades, linear, logarithmic, percent } from './scale.ts'
import { signalTable, typicalRange } from './signal-table.ts'
import { lengthWords, timeAxis } from './time-axis.ts'

const START = Date.UTC(2026, 1, 3, 4, 5, 6)

function course(accounts: readonly number[], barMs = 1000) {
  return accounts.map((accountOctets, i) => ({
    time: new Date(START + i * barMs).toISOString(),
    queries: i + 1,
    octets: 10 * i,
    accountOctets,
  }))
}

function withTimeline(accounts: readonly number[], other: Parameters<typeof anIncident>[0] = {}) {
  return anIncident({ ...other, evidence: { ...anIncident().evidence, timeline: course(accounts) } })
}

describe('scales', () => {
  it('keep what lies outside at the end', () => {
    expect([-1, 0, 5, 10, 11].map(linear(0, 10))).toEqual([0, 0, 0.5, 1, 1])
    expect([0, 0.1, 1, 10, 1e9].map(logarithmic(0.1, 10))).toEqual([0, 0, 0.5, 1, 1])
    expect(linear(3, 3)(3)).toBe(0)
  })

  it('find powers of ten', () => {
    expect(decades(0.1, 1000)).toEqual([0.1, 1, 10, 100, 1000])
    expect(decades(20, 900)).toEqual([100])
    expect(percent(1 / 3)).toBe('33.33%')
  })
})

describe('the time axis', () => {
  it('spans all bars', () => {
    const axis = timeAxis(course([1, 2, 3, 4]))!
    expect(axis).toMatchObject({ startMs: START, endMs: START + 4000, barMs: 1000 })
    expect(axis.at(START + 1000)).toBe(0.25)
  })

  it('is not there without times, for one bar, or past the calendar', () => {
    expect(timeAxis(course([1]))).toBeUndefined()
    expect(timeAxis([])).toBeUndefined()
    expect(timeAxis(course([1, 2]).map((bar) => ({ ...bar, time: null })))).toBeUndefined()
    const late = [8.64e15 - 2, 8.64e15 - 1, 8.64e15].map((ms) => new Date(ms).toISOString())
    expect(timeAxis(late.map((time) => ({ time, queries: 1, octets: 1, accountOctets: 1 })))).toBeUndefined()
  })

  it('words lengths in two units', () => {
    expect([0, 999, 1000, 472_000, 3_600_000, 90_061_000, 86_460_000].map(lengthWords)).toEqual([
      ...['0 ms', '999 ms', '1 s', '7 min 52 s', '1 h', '1 d 1 h', '1 d'],
    ])
  })
})

describe('over time', () => {
  it('draws the account against its line, and the alert where it was raised', () => {
    const drawn = overTime(withTimeline([100, 600, 2000], { alertedAt: new Date(START + 600).toISOString() }), 512)
    const text = drawn.toString()
    expect(text).toContain('The account rose to 2,000 octets; the line is at 512.')
    expect(text).toContain('>line: 512</text>')
    expect(text).toContain('cx="20%"')
    // The incident had let out 212 octets by then, more than its account says of that bar: something had decayed.
    expect(text).toContain('>alert after 212</text>')
    expect(text.match(/class="account"/g)).toHaveLength(4)
    expect(text).toContain('1 s a bar')
  })

  it('says why there is nothing to draw', () => {
    expect(overTime(withTimeline([100]), 512).toString()).toContain('1 query, all within one second.')
  })

  it('knows the line of a client over many domains by its detector', () => {
    const detectors = [{ name: 'client-account', score: 2.5, reason: '', fired: true }]
    const group = withTimeline([100, 2560], { scope: 'client', detectors })
    expect(accountLine(group, 512)).toBe(1024)
    expect(accountLine({ ...group, detectors: [] }, 512)).toBe(512)
    expect(accountLine(withTimeline([9]), 512)).toBe(512)
  })
})

describe('reasons', () => {
  it('stand with what fired first, each beside its line', () => {
    const detectors = [
      { name: 'quiet-one', score: 0.5, reason: 'little', fired: false },
      { name: 'second', score: 3, reason: 'some', fired: true },
      { name: 'first', score: 94.2, reason: 'much', fired: true },
    ]
    const text = reasons(anIncident({ detectors })).toString()
    const order = ['first', 'second', 'quiet-one'].map((name) => text.indexOf(`<strong>${name}`))
    expect(order).toEqual(order.toSorted((a, b) => a - b))
    expect(text).toContain('94.2 times its line')
    // A tenth to a hundred: the line itself is a third along.
    expect(text).toContain('x1="33.33%"')
  })
})

describe('signals', () => {
  it('read the ranges the model words, and no others', () => {
    expect(typicalRange('8.6 to 82')).toEqual([8.6, 82])
    expect(typicalRange('1,000 to 20,000')).toEqual([1000, 20_000])
    for (const text of ['', 'few', '1 to', '5 to 1', '1.2.3 to 4', '<b> to 3'])
      expect(typicalRange(text)).toBeUndefined()
  })

  it('mark a value that is not typical', () => {
    const { evidence } = anIncident()
    const signals = [
      { name: 'octets up', value: 48_210.5, typical: '8.6 to 66', contribution: 3.1 },
      { name: 'share', value: 0.25, typical: '0 to 0.5', contribution: 0 },
      { name: 'odd', value: 1, typical: '', contribution: 0 },
    ]
    const text = signalTable(anIncident({ evidence: { ...evidence, signals } }))!.toString()
    expect(text).toContain('octets up: 48,211, above 8.6 to 66')
    expect(text).toContain('share: 0.25, within 0 to 0.5')
    expect(text.match(/<svg/g)).toHaveLength(2)
  })
})
