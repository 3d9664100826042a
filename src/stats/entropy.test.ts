import { expect, test } from 'vitest'
import { shannonEntropy } from './entropy.ts'
import { createRandom } from './random.ts'

test('known values', () => {
  expect(shannonEntropy(Buffer.from('www'), 0, 3)).toBe(0)
  expect(shannonEntropy(Buffer.from('abcd'), 0, 4)).toBe(2)
  expect(shannonEntropy(Buffer.from('aab'), 0, 3)).toBeCloseTo(0.9182958340544896, 14)
  expect(shannonEntropy(Buffer.from('abc'), 1, 1)).toBe(0)
})

test('agrees with the plain sum, also past the table, and leaves no counts behind', () => {
  const random = createRandom(1)
  for (const [length, kinds] of [
    [10, 3],
    [5000, 4],
    [5000, 256],
  ]) {
    const bytes = Uint8Array.from({ length }, () => random() * kinds)
    const counts = new Map<number, number>()
    for (const octet of bytes) counts.set(octet, (counts.get(octet) ?? 0) + 1)
    const plain = [...counts.values()].reduce((sum, n) => sum - (n / length) * Math.log2(n / length), 0)
    expect(shannonEntropy(bytes, 0, length)).toBeCloseTo(plain, 9)
  }
})
