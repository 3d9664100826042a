import { expect, it } from 'vitest'
import { balance } from './balance.ts'
import { tallyOf, valuesOf } from './tally.testing.ts'

it('tells a sender from a receiver', () => {
  const asked = (answerOctets: number) => ['abcdefgh', 'ijklmnop'].map((prefix) => ({ prefix, answerOctets }))
  expect(valuesOf(balance, tallyOf(asked(0))).producerRatio).toBe(1)
  expect(valuesOf(balance, tallyOf(asked(792))).producerRatio).toBeCloseTo(-0.98, 9)
})

it('does not know what came down where no response was seen', () => {
  const { octetsUp, octetsDown, producerRatio } = valuesOf(balance, tallyOf([{ prefix: 'abc', rcode: -1 }]))
  expect([octetsUp, octetsDown, producerRatio]).toEqual([3, NaN, NaN])
})
