import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../stats/random.ts'
import { FlatTable, ROW_FLAG, ROW_OCTETS, WORD } from './flat-table.ts'

/** Inserts the key if it is new and gives it octets; returns the row. */
function put(table: FlatTable, lo: number, hi: number, octets: number, timeMs = 0): number {
  let at = table.find(lo, hi)
  if (at < 0) at = table.insert(lo, hi, timeMs)
  if (at >= 0) table.floats[at + WORD.octets] = octets
  return at
}

describe('FlatTable', () => {
  it('holds what a Map holds while there is room', () => {
    const key = fc.tuple(fc.integer({ min: 0, max: 0xffffffff }), fc.integer({ min: 1, max: 0xffffffff }))
    fc.assert(
      fc.property(fc.array(fc.tuple(key, fc.integer({ min: 0, max: 1000 })), { maxLength: 200 }), (puts) => {
        const table = new FlatTable(1 << 14)
        const model = new Map<string, number>()
        for (const [[lo, hi], octets] of puts) {
          put(table, lo, hi, octets)
          model.set(`${lo},${hi}`, octets)
          expect(table.size).toBe(model.size)
        }
        for (const [name, octets] of model) {
          const [lo, hi] = name.split(',').map(Number)
          const at = table.find(lo, hi)
          expect(at).toBeGreaterThanOrEqual(0)
          expect(table.floats[at + WORD.octets]).toBe(octets)
        }
        expect(table.evicted).toBe(0)
      }),
      { numRuns: 40 },
    )
  })

  it('keeps whole rows when it grows: times, counters and flags too', () => {
    const table = new FlatTable(1 << 14)
    const random = createRandom(1)
    const keys = Array.from({ length: 4000 }, () => [random() * 2 ** 32, 1 + random() * 2 ** 31].map(Math.floor))
    for (const [i, [lo, hi]] of keys.entries()) {
      const at = table.insert(lo, hi, 1e12 + i)
      table.words[at + WORD.counters] = i & 0xffff
      table.floats[at + WORD.lastSeconds] = i
      if (i % 7 === 0) table.addFlag(at, ROW_FLAG.rich)
    }
    for (const [i, [lo, hi]] of keys.entries()) {
      const at = table.find(lo, hi)
      expect([table.words[at + WORD.counters] & 0xffff, table.flags(at)]).toEqual([i & 0xffff, i % 7 === 0 ? 1 : 0])
      expect(table.lastMs(at)).toBe(1e12 + i + i * 1000)
    }
    expect(table.words.byteLength).toBe((1 << 14) * ROW_OCTETS)
  })

  it('grows to its cap and no further', () => {
    const table = new FlatTable(256)
    const random = createRandom(2)
    for (let i = 0; i < 5000; i++) put(table, Math.floor(random() * 2 ** 32), 1, 1)
    expect(table.words.byteLength).toBe(256 * ROW_OCTETS)
    expect(table.size).toBeLessThanOrEqual(256)
    expect(table.evicted).toBe(5000 - table.size)
  })

  it('displaces the poorest row of the bucket, of equals the one idle longest', () => {
    const table = new FlatTable(8)
    for (let i = 1; i <= 8; i++) put(table, i, 1, 100 - i, i)
    put(table, 9, 1, 50, 9)
    expect([table.find(8, 1), table.find(7, 1) >= 0, table.find(9, 1) >= 0]).toEqual([-1, true, true])
    put(table, 10, 1, 93, 10)
    expect(table.find(9, 1)).toBe(-1)
    const equals = new FlatTable(8)
    for (const i of [3, 1, 2, 4, 5, 6, 7, 8]) put(equals, i, 1, 10, i)
    put(equals, 9, 1, 10, 9)
    expect(equals.find(1, 1)).toBe(-1)
    expect(equals.find(3, 1)).toBeGreaterThanOrEqual(0)
  })

  it('never displaces a rich row, and turns newcomers away where all are', () => {
    const table = new FlatTable(8)
    for (let i = 1; i <= 8; i++) table.addFlag(put(table, i, 1, 0), ROW_FLAG.rich)
    expect(table.insert(9, 1, 0)).toBe(-1)
    const first = table.find(1, 1)
    table.clearFlag(first, ROW_FLAG.rich)
    expect(table.insert(9, 1, 0)).toBe(first)
    expect(table.find(1, 1)).toBe(-1)
  })

  it('gives a new row no trace of the displaced one', () => {
    const table = new FlatTable(8)
    for (let i = 1; i <= 8; i++) {
      const at = put(table, i, 1, i)
      table.words.fill(0xffffff, at + WORD.account, at + WORD.octets)
      table.words[at + WORD.fingerprints] = 77
      table.words[at + WORD.counters] = 0xffffff
    }
    const at = table.insert(9, 1, 42)
    expect([...table.words.subarray(at + WORD.lastSeconds, at + 16)]).toEqual(new Array(12).fill(0))
    expect(table.lastMs(at)).toBe(42)
  })

  it('is the same table after the same rows', () => {
    const fill = () => {
      const table = new FlatTable(1024)
      const random = createRandom(5)
      for (let i = 0; i < 20_000; i++) put(table, Math.floor(random() * 5000), 1, Math.floor(random() * 100), i)
      return table
    }
    expect(Buffer.compare(Buffer.from(fill().words.buffer), Buffer.from(fill().words.buffer))).toBe(0)
  })
})
