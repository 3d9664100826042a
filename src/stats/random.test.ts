import { expect, test } from 'vitest'
import { createRandom, randomInteger } from './random.ts'

test('one seed, one stream', () => {
  const [a, b] = [createRandom(7), createRandom(7)]
  for (let i = 0; i < 100; i++) expect(a()).toBe(b())
  expect(createRandom(1)()).toBe(0.6270739405881613)
})

test('fills [0, 1) evenly', () => {
  const random = createRandom(3)
  const bins = new Array<number>(10).fill(0)
  for (let i = 0; i < 100_000; i++) bins[randomInteger(random, 10)]++
  expect(Math.min(...bins)).toBeGreaterThan(9700)
  expect(Math.max(...bins)).toBeLessThan(10_300)
})
