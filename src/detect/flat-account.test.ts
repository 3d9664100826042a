import { describe, expect, it } from 'vitest'
import { ACCOUNT_SECONDS } from './detection-model.ts'
import { addToRow, chargeRow, countNovel, countQuery, isKnownInRow, novelCount } from './flat-account.ts'
import { FlatTable, ROW_FLAG, WORD } from './flat-table.ts'

function open(timeMs = 0): { table: FlatTable; at: number } {
  const table = new FlatTable(256)
  return { table, at: table.insert(1, 1, timeMs) }
}

describe('chargeRow', () => {
  it.each(ACCOUNT_SECONDS.map((seconds, scale) => [seconds, scale] as const))(
    'is the closed form at %i s: sum of octets x exp(-age / tau)',
    (seconds, scale) => {
      const { table, at } = open(1e12)
      const charges = [0, 1, 30, 600, 601, 5000, 90_000, 600_000].map((second, i) => ({ second, octets: 3 + i }))
      for (const { second, octets } of charges) chargeRow(table, at, 1e12 + second * 1000, octets)
      const last = charges[charges.length - 1].second
      const expected = charges.reduce(
        (sum, { second, octets }) => sum + octets * Math.exp((second - last) / seconds),
        0,
      )
      expect(Math.abs(table.floats[at + WORD.account + scale] / expected - 1)).toBeLessThan(1e-5)
    },
  )

  it('sums without decay beside it', () => {
    const { table, at } = open()
    for (let i = 0; i < 10; i++) chargeRow(table, at, i * 1e7, 2.5)
    expect(table.floats[at + WORD.octets]).toBe(25)
  })

  it('charges a late row in full, and does not let it move the clock back', () => {
    const { table, at } = open()
    chargeRow(table, at, 600_000, 10)
    chargeRow(table, at, 0, 10)
    expect(table.floats[at + WORD.account]).toBe(20)
    expect(table.lastMs(at)).toBe(600_000)
    chargeRow(table, at, 1_200_000, 0)
    expect(table.floats[at + WORD.account]).toBeCloseTo(20 * Math.exp(-1), 4)
  })

  it('never decays where there are no times', () => {
    const { table, at } = open(Number.NaN)
    for (let i = 0; i < 3; i++) chargeRow(table, at, Number.NaN, 5)
    expect(ACCOUNT_SECONDS.map((_, scale) => table.floats[at + WORD.account + scale])).toEqual([15, 15, 15, 15])
  })
})

describe('the counters of a row', () => {
  it('count apart and saturate without touching each other', () => {
    const { table, at } = open()
    table.addFlag(at, ROW_FLAG.rich)
    for (let i = 0; i < 70_000; i++) countQuery(table, at)
    for (let i = 0; i < 300; i++) countNovel(table, at, 10)
    expect(table.words[at + WORD.counters] & 0xffff).toBe(65_535)
    expect([novelCount(table, at), table.words[at + WORD.prefixOctets], table.flags(at)]).toEqual([255, 3000, 1])
  })
})

describe('the names of a row', () => {
  it('remembers four, and takes every further one for new', () => {
    const { table, at } = open()
    for (let name = 1; name <= 4; name++) expect(addToRow(table, at, name, name)).toBe(true)
    for (let name = 1; name <= 4; name++) expect(addToRow(table, at, name, name)).toBe(false)
    for (let round = 0; round < 3; round++) expect(addToRow(table, at, 5, 5)).toBe(true)
    expect(isKnownInRow(table, at, 5, 5)).toBe(false)
  })

  it('keeps a fingerprint of zero apart from an empty place', () => {
    const { table, at } = open()
    expect(isKnownInRow(table, at, 0, 0)).toBe(false)
    expect(addToRow(table, at, 0, 0)).toBe(true)
    expect(addToRow(table, at, 0, 0)).toBe(false)
  })

  it('confuses two names less than once in ten thousand', () => {
    const { table, at } = open()
    for (let name = 1; name <= 4; name++) addToRow(table, at, name * 0x9e3779b1, name * 0x85ebca6b)
    let wrong = 0
    for (let i = 5; i < 100_005; i++) {
      if (isKnownInRow(table, at, Math.imul(i, 0x9e3779b1) >>> 0, Math.imul(i, 0xc2b2ae35) >>> 0)) wrong++
    }
    expect(wrong).toBeLessThan(20)
  })
})
