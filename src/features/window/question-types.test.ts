import { expect, it } from 'vitest'
import { questionTypes } from './question-types.ts'
import { tallyOf, valuesOf } from './tally.testing.ts'

it('takes A, AAAA and HTTPS for addresses, TXT and NULL for types that hold anything', () => {
  const values = valuesOf(questionTypes, tallyOf('a b?AAAA c?HTTPS d?TXT e?NULL f?MX a a'))
  expect(values).toEqual({ otherTypeShare: 3 / 8, rawTypeShare: 2 / 8, types: 6 })
})
