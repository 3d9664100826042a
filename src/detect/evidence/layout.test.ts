import { expect, test } from 'vitest'
import { counterValues } from './counter.ts'
import { layouts } from './layout.ts'

const split = (names: string[]) => names.map((name) => name.split('.'))
const payloads = (names: string[], which = 0) =>
  layouts(split(names))[which]?.payloads.map((labels) => labels.join('.'))

test('labels that stay are not payload, at either end', () => {
  const names = ['x1.k9d.ns1.up', 'x1.q2m.ns1.up', 'x1.a7z.ns1.UP', 'x1.b5h.ns1.up']
  expect(payloads(names)).toEqual(['k9d', 'q2m', 'a7z', 'b5h'])
})

test('a label that counts puts the names in order', () => {
  const names = ['0.kdu', '1.qqz', '3.yxb', '2.mme', '4.iir', '5.ooj', '6.wwe', '7.lop', '8.tty', '9.vvb']
  expect(payloads(names)).toEqual(['kdu', 'qqz', 'mme', 'yxb', 'iir', 'ooj', 'wwe', 'lop', 'tty', 'vvb'])
  expect(layouts(split(names))[0].counted).toBe(true)
})

test('a header inside the first label is taken off in a second reading', () => {
  expect(payloads(['id7kdu', 'id7qqz', 'id7yxb', 'id7mme'], 1)).toEqual(['kdu', 'qqz', 'yxb', 'mme'])
  expect(payloads(['00-kdu', '01-qqz', '02-yxb', '03-mme'], 1)).toEqual(['kdu', 'qqz', 'yxb', 'mme'])
  expect(payloads(['s0001kdu', 's0002qqz', 's0003yxb', 's0004mme'], 1)).toEqual(['kdu', 'qqz', 'yxb', 'mme'])
})

test('too few names, and addresses, have no layout', () => {
  expect(layouts(split(['a.b', 'c.b', 'd.b']))).toEqual([])
  expect(layouts(split(['1.2.3.4.zen', '9.8.7.6.zen', '5.5.5.5.zen', '7.1.7.1.zen']))).toEqual([])
  expect(layouts([])).toEqual([])
})

test('counters run in decimal, hexadecimal, or between letters', () => {
  expect(counterValues(['8', '9', '10'])).toEqual([8, 9, 10])
  expect(counterValues(['0f', '10', '11'])).toEqual([15, 16, 17])
  expect(counterValues(['seq1', 'seq2', 'seq3'])).toEqual([1, 2, 3])
  expect(counterValues(['5', '5', '5'])).toBeNull()
  expect(counterValues(['91', '13', '77', '20'])).toBeNull()
  expect(counterValues(['1', '2'])).toBeNull()
})
