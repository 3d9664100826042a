import fc from 'fast-check'
import { expect, test } from 'vitest'
import { risingOrder } from './rising-order.ts'

test('the example', () => {
  expect([...risingOrder([3, 1, 2, 1])]).toEqual([1, 3, 2, 0])
  expect([...risingOrder([])]).toEqual([])
})

test('orders any doubles as a stable comparison does', () => {
  const value = fc.oneof(fc.double(), fc.constantFrom(0, -0, Infinity, -Infinity, Number.NaN, 5e-324, 1, 1, 2))
  fc.assert(
    fc.property(fc.array(value, { maxLength: 60 }), (values) => {
      const rank = (v: number) => (Number.isNaN(v) ? 1 : 0)
      const wanted = values.map((_, i) => i)
      wanted.sort((i, j) => {
        const [a, b] = [values[i], values[j]]
        return rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0) || i - j
      })
      expect([...risingOrder(values)]).toEqual(wanted)
    }),
    { numRuns: 500 },
  )
})

test('a NaN with its sign bit set comes last as well', () => {
  const signed = new Float64Array(new BigUint64Array([0xfff8000000000000n]).buffer)[0]
  expect([...risingOrder([signed, -Infinity, 1])]).toEqual([1, 2, 0])
})
