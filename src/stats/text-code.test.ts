import { expect, test } from 'vitest'
import { textCode } from './text-code.ts'

test('the same code in every run', () => {
  expect(textCode('example.org')).toBe(2127854439602546)
})

test('a hundred thousand texts, a hundred thousand codes, whole and below 2^52', () => {
  const codes = Float64Array.from({ length: 100_000 }, (_, i) => textCode(`host-${i}.example`))
  expect(new Set(codes).size).toBe(100_000)
  expect(codes.every((code) => Number.isInteger(code) && code >= 0 && code < 2 ** 52)).toBe(true)
})
