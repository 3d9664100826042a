import { expect, it } from 'vitest'
import { spelling } from './spelling.ts'
import { tallyOf, valuesOf } from './tally.testing.ts'

const read = (asked: string) => valuesOf(spelling, tallyOf(asked))

it('shows the alphabet of many short names, which no single one could', () => {
  const names = Array.from({ length: 64 }, (_, i) => `${'abcdefgh'[i % 8]}${'ijklmnop'[(i >> 3) % 8]}`)
  expect(read(names.join(' ')).entropyBits).toBe(4)
})

it('sees constant labels behind changing ones', () => {
  expect(read('a.x b.x c.x d.x').labelReuse).toBeCloseTo(3 / 8, 9)
  expect(read('a b c d').labelReuse).toBe(0)
})

it('is unknown without a name, and counts a name once', () => {
  expect(Object.values(read(''))).toEqual([NaN, NaN, NaN])
  expect(read('ab1 ab1 ab1')).toEqual(read('ab1'))
})
