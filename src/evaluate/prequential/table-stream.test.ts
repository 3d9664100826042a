import { describe, expect, it } from 'vitest'
import type { Table } from '../../datasets/table.ts'
import { matrixOf } from '../../models/matrix.ts'
import type { StreamBlock } from './stream.ts'
import { orderRows, tableStream } from './table-stream.ts'

const DAY_MS = 86_400_000
const HOW = { seed: 1, rowsPerSecond: 2 }

function table(times: readonly number[]): Table {
  const rows = times.map((_, i) => [i])
  const texts = times.map((_, i) => `d${i}.example`)
  return {
    matrix: matrixOf(['number'], rows),
    ...{ features: [{ name: 'number', unit: 'rows' }], categories: [] },
    y: Uint8Array.from(rows, (_, i) => i % 2),
    ...{ group: texts, network: texts, tool: texts, split: texts },
    timeMs: Float64Array.from(times),
  }
}

describe('orderRows', () => {
  it('follows time, the earlier row first where two are even, and leaves out who has none', () => {
    const times = [5 * DAY_MS, Number.NaN, 3 * DAY_MS, 5 * DAY_MS, 4 * DAY_MS]
    expect(orderRows(table(times), 'time', HOW)).toEqual({
      rows: Int32Array.of(2, 4, 0, 3),
      timeMs: Float64Array.of(3 * DAY_MS, 4 * DAY_MS, 5 * DAY_MS, 5 * DAY_MS),
      untimed: 1,
    })
  })

  it('takes the minute and second of a spreadsheet for no time', () => {
    expect(() => orderRows(table([0, 3_530_700]), 'time', HOW)).toThrow('take --order file or shuffled')
  })

  it('gives rows in any other order a time each', () => {
    const { rows, timeMs } = orderRows(table([1, 1, 1, 1]), 'file', HOW)
    expect([[...rows], [...timeMs]]).toEqual([
      [0, 1, 2, 3],
      [0, 500, 1000, 1500],
    ])
    const many = table(Array<number>(100).fill(0))
    expect(orderRows(many, 'shuffled', HOW)).toEqual(orderRows(many, 'shuffled', HOW))
    expect([...orderRows(many, 'shuffled', HOW).rows].sort((a, b) => a - b)).toEqual([...many.y.keys()])
  })
})

describe('tableStream', () => {
  it('yields the rows behind the warm-up, whole, whatever blocks they come in', () => {
    const of = table(Array<number>(10_000).fill(0))
    const ordered = orderRows(of, 'shuffled', HOW)
    const seen: number[] = []
    for (const { rows, x, y, groups, timeMs } of tableStream(
      't',
      of,
      ordered,
      1234,
    ).blocks() as Iterable<StreamBlock>) {
      expect([x.length, y.length, groups.length, timeMs.length]).toEqual([rows, rows, rows, rows])
      for (let i = 0; i < rows; i++) {
        expect(y[i] === x[i] % 2 && groups[i] === `d${x[i]}.example`).toBe(true)
        seen.push(x[i])
      }
    }
    expect(seen).toEqual([...ordered.rows.subarray(1234)])
  })
})
