import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DnsBatch } from '../batch/dns-batch.ts'
import { isBefore, RowHeap } from './row-heap.ts'

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

describe('RowHeap', () => {
  it('gives rows out by time, input and position, and rows alike as they came', () => {
    fc.assert(
      fc.property(fc.array(key, { maxLength: 60 }), (keys) => {
        const batch = batchOf(keys)
        const heap = new RowHeap()
        keys.forEach((_, row) => {
          heap.push(batch, row)
        })
        expect(heap.size).toBe(keys.length)
        const out = keys.map(() => {
          const first = heap.firstMs
          const { row } = heap.pop()
          expect(batch.timeMs[row]).toBe(first)
          return row
        })
        // JavaScript's sort is stable.
        const expected = keys.map((_, row) => row).sort((a, b) => compare(keys[a], keys[b]))
        expect(out).toEqual(expected)
        expect([heap.size, heap.firstMs]).toEqual([0, Number.POSITIVE_INFINITY])
      }),
    )
  })

  it('stays in order when rows come and go', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(key, fc.boolean()), { maxLength: 80 }), (steps) => {
        const batch = batchOf(steps.map(([one]) => one))
        const heap = new RowHeap()
        const model: number[] = []
        const smallest = () => model.toSorted((a, b) => compare(steps[a][0], steps[b][0]) || a - b)[0]
        steps.forEach(([, alsoPop], row) => {
          heap.push(batch, row)
          model.push(row)
          if (!alsoPop) return
          const expected = smallest()
          expect(heap.pop().row).toBe(expected)
          model.splice(model.indexOf(expected), 1)
        })
        expect(heap.size).toBe(model.length)
      }),
    )
  })
})

describe('isBefore', () => {
  it('is an order', () => {
    fc.assert(
      fc.property(key, key, (a, b) => {
        const batch = batchOf([a, b])
        const before = isBefore(batch, 0, batch, 1)
        expect(before).toBe(compare(a, b) < 0)
        expect(before && isBefore(batch, 1, batch, 0)).toBe(false)
      }),
    )
  })
})
