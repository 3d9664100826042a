import { expect, it } from 'vitest'
import type { CanonicalBatch } from '../detect/canonical-batch.ts'
import { TimeSpan } from './time-span.ts'

const rows = (...timeMs: number[]) =>
  ({ batch: { rows: timeMs.length, timeMs: Float64Array.from([...timeMs, 0]) } }) as unknown as CanonicalBatch

it('spans the rows of all batches that have times', () => {
  const times = new TimeSpan()
  expect(times.span).toBeNull()
  times.add(rows(Number.NaN, 9e15, Number.NEGATIVE_INFINITY))
  expect(times.span).toBeNull()
  times.add(rows(5000, Number.NaN, 3000))
  times.add(rows(4000))
  expect(times.span).toEqual({ firstMs: 3000, lastMs: 5000 })
})
