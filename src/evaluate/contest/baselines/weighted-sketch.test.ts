import { expect, it } from 'vitest'
import { WeightedSketch } from './weighted-sketch.ts'

function estimateOf(texts: readonly string[]): number {
  const sketch = new WeightedSketch()
  for (const text of texts) sketch.add(Buffer.from(text))
  return sketch.estimate()
}

const numbers = (count: number, digits: number) =>
  Array.from({ length: count }, (_, i) => String(i).padStart(digits, '0'))

it.each([
  ['few', numbers(5, 4)],
  ['dense short ones, which the published code counts to about half', numbers(800, 3)],
  ['more than there are registers', numbers(5000, 4)],
  ['long ones', numbers(400, 30)],
])('counts the octets of distinct texts within 4 %%: %s', (_, texts) => {
  const octets = texts.join('').length
  expect(Math.abs(estimateOf(texts) / octets - 1)).toBeLessThan(0.04)
})

it('counts a text once, however often and in whatever case it comes', () => {
  expect(estimateOf(['abc', 'abc', 'ABC'])).toBe(estimateOf(['abc']))
  expect(estimateOf([])).toBe(0)
})
