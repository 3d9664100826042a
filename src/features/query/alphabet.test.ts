import { expect, it } from 'vitest'
import { alphabet } from './alphabet.ts'
import { contextOf, HOSTILE_PREFIXES, valuesOf } from './extract.testing.ts'

const read = (prefix: Uint8Array | string) => valuesOf(alphabet, contextOf(prefix))

it('reads www as one letter three times', () => {
  const { distinctRatio, ...others } = read('www')
  expect(distinctRatio).toBeCloseTo(1 / 3, 12)
  expect(Object.values(others)).toEqual([0, 0, 0, 0, 0, 0])
})

it('sorts octets into digits, vowels, marks and 8-bit ones, dots left out', () => {
  expect(read('a1-\\200.b2_\\255')).toMatchObject({
    digitRatio: 2 / 8,
    vowelRatio: 1 / 8,
    markRatio: 2 / 8,
    eightBitRatio: 2 / 8,
    distinctRatio: 1,
  })
})

it('counts changes of kind inside labels, not across the dots between them', () => {
  expect(read('a1b2')).toMatchObject({ changeRatio: 3 / 4 })
  expect(read('ab.12')).toMatchObject({ changeRatio: 0 })
})

it('folds case', () => {
  expect(read('aE.Xy')).toEqual(read('ae.xy'))
})

it('has the entropy of an even alphabet, and never more than the octets can carry', () => {
  expect(read('abcdefgh').entropyBits).toBeCloseTo(3, 12)
  expect(read('abababab').entropyBits).toBeCloseTo(1, 12)
  expect(read(HOSTILE_PREFIXES['every octet but capitals and dots']).entropyBits).toBeCloseTo(Math.log2(229), 12)
})

it('is all zero where there is no prefix', () => {
  expect(Object.values(read(''))).toEqual([0, 0, 0, 0, 0, 0, 0])
})
