import { expect, it } from 'vitest'
import { outcome } from './outcome.ts'
import { tallyOf, valuesOf } from './tally.testing.ts'

it('shares are of what was answered', () => {
  const rows = [
    { prefix: 'a', rcode: 3, answerOctets: 0, answerLo: 0 },
    { prefix: 'b', rcode: 0, answerOctets: 30, answerLo: 7 },
    { prefix: 'c', rcode: -1 },
  ]
  expect(valuesOf(outcome, tallyOf(rows))).toEqual({ nameErrorShare: 0.5, newAnswerShare: 1, answerMean: 15 })
  expect(Object.values(valuesOf(outcome, tallyOf([{ prefix: 'c', rcode: -1 }])))).toEqual([NaN, NaN, NaN])
})
