import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DnsBatch } from '../batch/dns-batch.ts'
import { RowQueue } from './row-queue.ts'

interface Key {
  time: number
  input: number
  position: number
}

const key = fc.record({
  time: fc.integer({ min: 0, max: 5 }),
  input: fc.nat(2),
  position: fc.nat(3),
})

function batchOf(keys: readonly Key[]): DnsBatch {
  const batch = new DnsBatch(Math.max(1, keys.length))
  for (const { time, input, position } of keys) {
    const row = batch.addRow()
    batch.timeMs[row] = time
    batch.input[row] = input
    batch.position[row] = position
  }
  return batch
}

const compare = (a: Key, b: Key) => a.time - b.time || a.input - b.input || a.position - b.position

/** JavaScript's sort is stable. */
const sorted = (keys: readonly Key[]) => keys.map((_, row) => row).sort((a, b) => compare(keys[a], keys[b]))

function drained(queue: RowQueue<{ batch: DnsBatch }>): number[] {
  const out: number[] = []
  while (queue.size > 0) {
    const first = queue.firstMs
    queue.pop()
    expect(queue.holder.batch.timeMs[queue.row]).toBe(first)
    out.push(queue.row)
  }
  return out
}

describe('RowQueue', () => {
  it('gives rows out by time, input and position, and rows alike as they came', () => {
    fc.assert(
      fc.property(fc.array(key, { maxLength: 200, size: 'max' }), (keys) => {
        const queue = new RowQueue()
        const holder = { batch: batchOf(keys) }
        keys.forEach((_, row) => {
          queue.push(holder, row)
        })
        expect(queue.size).toBe(keys.length)
        expect(drained(queue)).toEqual(sorted(keys))
        expect([queue.size, queue.firstMs]).toEqual([0, Number.POSITIVE_INFINITY])
      }),
    )
  })

  it('stays in order when rows come and go', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(key, fc.boolean()), { maxLength: 200, size: 'max' }), (steps) => {
        const queue = new RowQueue()
        const holder = { batch: batchOf(steps.map(([one]) => one)) }
        const model: number[] = []
        const smallest = () => model.toSorted((a, b) => compare(steps[a][0], steps[b][0]) || a - b)[0]
        steps.forEach(([, alsoPop], row) => {
          queue.push(holder, row)
          model.push(row)
          if (!alsoPop) return
          queue.pop()
          expect(queue.row).toBe(smallest())
          model.splice(model.indexOf(queue.row), 1)
        })
        expect(queue.size).toBe(model.length)
      }),
    )
  })

  it('grows while rows wait in the line and in the heap, wherever the line starts in its ring', () => {
    const keys = Array.from({ length: 5000 }, (_, i) => ({ time: (i * 7919) % 5003, input: 0, position: i }))
    const queue = new RowQueue()
    const early = { batch: batchOf([{ time: -1, input: 0, position: 0 }]) }
    for (let i = 0; i < 700; i++) {
      queue.push(early, 0)
      queue.pop()
    }
    const holder = { batch: batchOf(keys) }
    keys.forEach((_, row) => {
      queue.push(holder, row)
    })
    expect(drained(queue)).toEqual(sorted(keys))
  })

  it('follows a holder whose batch moved to other memory', () => {
    const queue = new RowQueue()
    const holder = { batch: batchOf([{ time: 1, input: 0, position: 0 }]) }
    queue.push(holder, 0)
    const moved = new DnsBatch(1)
    moved.trade(holder.batch)
    holder.batch = moved
    expect(queue.firstMs).toBe(1)
    queue.pop()
    expect(queue.holder.batch).toBe(moved)
  })
})
