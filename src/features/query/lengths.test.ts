import { expect, it } from 'vitest'
import { contextOf, valuesOf } from './extract.testing.ts'
import { lengths } from './lengths.ts'

const read = (prefix: Uint8Array | string) => Object.values(valuesOf(lengths, contextOf(prefix)))

it('counts octets with dots, labels, and the octets of labels', () => {
  expect(read('a.bcd')).toEqual([5, 2, 3, 2])
  expect(read('www')).toEqual([3, 1, 3, 3])
  expect(read('')).toEqual([0, 0, 0, 0])
})

it('takes a dot inside a label as an octet of it', () => {
  expect(read('a\\.b.c')).toEqual([5, 2, 3, 2])
  expect(read('a.b.c')).toEqual([5, 3, 1, 1])
})

it('reaches from 127 labels of one octet to labels of 63', () => {
  expect(read('a.'.repeat(127))).toEqual([253, 127, 1, 1])
  expect(read(['a', 'b', 'c'].map((letter) => letter.repeat(63)).join('.'))).toEqual([191, 3, 63, 63])
})
