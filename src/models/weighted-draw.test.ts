import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom } from '../stats/random.ts'
import { WeightedDraw } from './weighted-draw.ts'

test('draws by weight, without putting back', () => {
  const draw = new WeightedDraw(Float64Array.of(1, 0, 2, 5))
  const random = createRandom(1)
  const first = [0, 0, 0, 0]
  const second = [0, 0, 0, 0]
  for (let i = 0; i < 20_000; i++) {
    const [a, b] = draw.draw(2, random)
    first[a]++
    if (a === 3) second[b]++
  }
  expect(first.map((n) => Math.round((n / 20_000) * 80) / 10)).toEqual([1, 0, 2, 5])
  expect(second[2] / second[0]).toBeCloseTo(2, 0)
  expect(second[3]).toBe(0)
})

test('gives every weight above zero once, whatever the spread', () => {
  const weight = fc.oneof(fc.constant(0), fc.double({ min: 5e-324, max: 1e300, noNaN: true }))
  fc.assert(
    fc.property(fc.array(weight, { minLength: 1, maxLength: 40 }), fc.integer(), (weights, seed) => {
      const draw = new WeightedDraw(Float64Array.from(weights))
      const expected = weights.flatMap((w, i) => (w > 0 ? [i] : []))
      for (let again = 0; again < 2; again++) {
        const drawn = draw.draw(1000, createRandom(seed))
        expect(drawn.toSorted((a, b) => a - b)).toEqual(expected)
        expect(draw.draw(1000, createRandom(seed))).toEqual(drawn)
      }
    }),
  )
})
