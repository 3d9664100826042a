import { expect, it } from 'vitest'
import { similarity } from './similarity.ts'
import { tallyOf, valuesOf } from './tally.testing.ts'

const read = (asked: string) => valuesOf(similarity, tallyOf(asked))

it('is unknown of one prefix', () => {
  expect(Object.values(read('abcd'))).toEqual([NaN, NaN, NaN])
})

it('sees a common header and a common alphabet, each for itself', () => {
  const counter = read('sess-0001 sess-0002 sess-0003')
  expect(counter.commonStart).toBeGreaterThan(0.8)
  expect(counter.pairsShared).toBeGreaterThan(0.7)
  const turned = read('abcd dabc')
  expect(turned.commonStart).toBe(0)
  expect(turned.pairsShared).toBe(0.5)
  expect(read('ab cd')).toEqual({ commonStart: 0, pairsShared: 0, pairsSharedSpread: 0 })
})

it('looks at the last sixteen alone', () => {
  const odd = Array.from({ length: 30 }, (_, i) => String.fromCharCode(97 + (i % 26), 98 + (i % 9)))
  const same = Array.from({ length: 16 }, (_, i) => `payload${i}`)
  expect(read([...odd, ...same].join(' '))).toEqual(read(same.join(' ')))
})
