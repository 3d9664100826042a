import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DnsBatch } from '../batch/dns-batch.ts'
import { addRow, type Row, viewsOf } from '../batch/rows.testing.ts'
import type { Source } from '../sources/source.ts'
import { inOrder } from './in-order.ts'

const WATERMARK = 100

/** A source that hands out its rows in batches of these sizes, one after the other, and reuses the batch. */
function source(rows: readonly Row[], sizes: readonly number[] = [3]): Source {
  return {
    name: 'test',
    timed: true,
    async *read() {
      const batch = new DnsBatch(16)
      let size = 0
      for (let from = 0, i = 0; from < rows.length; from += size, i++) {
        size = Math.max(1, sizes[i % sizes.length])
        batch.clear()
        for (const row of rows.slice(from, from + size)) addRow(batch, row)
        yield batch
      }
    },
  }
}

interface Out {
  time: number
  qname: string
  late: boolean
}

async function merge(sources: readonly Source[], waitingMax?: number): Promise<Out[]> {
  const out: Out[] = []
  for await (const batch of inOrder(sources, WATERMARK, new AbortController().signal, waitingMax)) {
    expect(batch.rows).toBeGreaterThan(0)
    out.push(...viewsOf(batch).map((row) => ({ time: row.timeMs, qname: row.qname, late: row.has('late') })))
  }
  return out
}

/** Rows in order but for less than the watermark, each with a name and a place of its own. */
const disordered = fc
  .array(fc.tuple(fc.nat(60), fc.integer({ min: 0, max: WATERMARK })), { maxLength: 60 })
  .map((steps) => {
    let newest = 0
    return steps.map(([step, back], i): Row => {
      newest += step
      const time = i === 0 ? newest : Math.max(0, newest - back)
      return { qname: `n${i}.example`, time, input: 0, position: i }
    })
  })

describe('inOrder', () => {
  it('gives every row once, in order, none late, where none is later than the watermark', async () => {
    await fc.assert(
      fc.asyncProperty(disordered, fc.array(fc.integer({ min: 1, max: 16 }), { minLength: 1 }), async (rows, sizes) => {
        const out = await merge([source(rows, sizes)])
        const expected = rows.toSorted((a, b) => a.time! - b.time! || a.position! - b.position!)
        expect(out.map((row) => row.qname)).toEqual(expected.map((row) => row.qname))
        expect(out.some((row) => row.late)).toBe(false)
      }),
    )
  })

  it('gives the same rows however they are split over sources and batches', async () => {
    const parts = fc.array(fc.nat(3), { minLength: 60, maxLength: 60 })
    await fc.assert(
      fc.asyncProperty(
        disordered,
        parts,
        fc.array(fc.integer({ min: 1, max: 16 }), { minLength: 1 }),
        async (rows, where, sizes) => {
          const whole = await merge([source(rows)])
          const split = [0, 1, 2, 3].map((part) =>
            source(
              rows.filter((_, i) => where[i] === part),
              sizes,
            ),
          )
          expect(await merge(split)).toEqual(whole)
        },
      ),
    )
  })

  it('marks what comes after its turn, gives it out at once, and leaves its time', async () => {
    const times = [0, 50, 400, 40, 60, 390, 410, 49]
    const rows = times.map((time, i) => ({ qname: `n${i}.example`, time, position: i }))
    expect(await merge([source(rows)])).toEqual([
      { time: 0, qname: 'n0.example', late: false },
      { time: 50, qname: 'n1.example', late: false },
      { time: 40, qname: 'n3.example', late: true },
      { time: 60, qname: 'n4.example', late: false },
      { time: 49, qname: 'n7.example', late: true },
      { time: 390, qname: 'n5.example', late: false },
      { time: 400, qname: 'n2.example', late: false },
      { time: 410, qname: 'n6.example', late: false },
    ])
  })

  it('gives a row without a time the newest one seen, also in a second source', async () => {
    const [a, b] = [
      [0, 300, 900].map((time, i) => ({ qname: `a${i}.example`, time, position: i })),
      [10, Number.NaN, 310, 320].map((time, i) => ({ qname: `b${i}.example`, time, input: 1, position: i })),
    ]
    const out = await merge([source(a), source(b)])
    expect(out.map((row) => row.qname)).toEqual(
      ['a0', 'b0', 'b1', 'a1', 'b2', 'b3', 'a2'].map((name) => `${name}.example`),
    )
    expect(out.map((row) => row.time)).toEqual([0, 10, 10, 300, 310, 320, 900])
    expect(out.some((row) => row.late)).toBe(false)
    expect((await merge([source([{ qname: 'x.example', time: Number.NaN }])]))[0].time).toBe(0)
  })

  it('holds no more rows than it may, where the clock stands still', async () => {
    const rows = Array.from({ length: 5000 }, (_, i) => ({ qname: `n${i}.example`, time: 7, position: i }))
    let read = 0
    const counting: Source = {
      name: 'counting',
      timed: true,
      async *read(signal) {
        for await (const batch of source(rows, [16]).read(signal)) {
          read += batch.rows
          yield batch
        }
      },
    }
    let given = 0
    for await (const batch of inOrder([counting], WATERMARK, new AbortController().signal, 500)) {
      if (given === 0) expect(read).toBeLessThan(500 + 4096 + 32)
      given += batch.rows
    }
    expect(given).toBe(5000)
    expect((await merge([source(rows)], 500)).map((row) => row.qname)).toEqual(rows.map((row) => row.qname))
  })

  it('keeps no batch of rows that all came late', async () => {
    // One row from the far future makes every other one late: each goes out while its batch is still being filled.
    const rows = Array.from({ length: 60_000 }, (_, i) => ({
      qname: 'n.example',
      time: i === 0 ? 1e12 : i,
      position: i,
    }))
    let made = 0
    const original = DnsBatch.prototype.addRow
    const seen = new WeakSet<DnsBatch>()
    DnsBatch.prototype.addRow = function (this: DnsBatch) {
      if (!seen.has(this)) made++
      seen.add(this)
      return original.call(this)
    }
    try {
      expect((await merge([source(rows, [16])])).length).toBe(rows.length)
    } finally {
      DnsBatch.prototype.addRow = original
    }
    // The source's, the outgoing one and a few that hold waiting rows; without recycling there were fifteen more.
    expect(made).toBeLessThan(8)
  })

  it('keeps every column and target of a row on its way', async () => {
    const row: Row = {
      qname: 'A.Example',
      time: 5,
      qtype: 'MX',
      targets: ['mail.example'],
      textOctets: 7,
      input: 3,
      position: 9,
    }
    for await (const batch of inOrder([source([row])], WATERMARK, new AbortController().signal)) {
      const [view] = viewsOf(batch)
      expect([
        view.qname,
        view.targets,
        view.qtype,
        batch.answerTextOctets[0],
        batch.input[0],
        batch.position[0],
      ]).toEqual([...['A.Example', ['mail.example'], 15], ...[7, 3, 9]])
    }
  })

  it('ends where nothing is given', async () => {
    expect(await merge([])).toEqual([])
    expect(await merge([source([]), source([])])).toEqual([])
  })
})
