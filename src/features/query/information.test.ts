import fc from 'fast-check'
import { expect, it } from 'vitest'
import { alphabet } from './alphabet.ts'
import { answer } from './answer.ts'
import { contextOf, valuesOf } from './extract.testing.ts'
import { lengths } from './lengths.ts'

const name = fc.string({ unit: fc.constantFrom(...'abcdefgh01234567'), minLength: 1, maxLength: 60 })
const octets = fc.nat(2000)

/** Entropy, length of the query and length of the answer, as three columns of their own (the original wrote one over another). */
const read = (prefix: string, textOctets: number) => {
  const context = contextOf(prefix, { textOctets })
  return {
    entropy: valuesOf(alphabet, context).entropyBits,
    queryLength: valuesOf(lengths, context).prefixOctets,
    answerLength: valuesOf(answer, context).answerPayloadOctets,
  }
}

it('keeps entropy, query length and answer length apart: what the answer is never changes what the query says', () => {
  fc.assert(
    fc.property(name, octets, octets, (prefix, one, other) => {
      const [first, second] = [read(prefix, one), read(prefix, other)]
      expect([second.entropy, second.queryLength]).toEqual([first.entropy, first.queryLength])
      if (one !== other) expect(second.answerLength).not.toBe(first.answerLength)
    }),
  )
})

it('lets each change by itself', () => {
  const [base, longer, mixed, answered] = [read('aaaa', 10), read('aaaaaaaa', 10), read('abcd', 10), read('aaaa', 99)]
  expect([base.entropy, longer.entropy, mixed.entropy]).toEqual([0, 0, 2])
  expect([base.queryLength, longer.queryLength, mixed.queryLength]).toEqual([4, 8, 4])
  expect([base.answerLength, longer.answerLength, answered.answerLength]).toEqual([10, 10, 99])
})
