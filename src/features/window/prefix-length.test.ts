import { expect, it } from 'vitest'
import { prefixLength } from './prefix-length.ts'
import { tallyOf, valuesOf } from './tally.testing.ts'

it('does not vary where every name is full', () => {
  const full = tallyOf(Array.from({ length: 50 }, (_, i) => `${'x'.repeat(57)}${100 + i}`).join(' '))
  expect(valuesOf(prefixLength, full)).toEqual({ prefixMean: 60, prefixLongest: 60, prefixVariation: 0 })
})
