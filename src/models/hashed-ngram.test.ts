import fc from 'fast-check'
import { expect, test } from 'vitest'
import { byteStringsOf } from './byte-strings.ts'
import { HashedGrams } from './hashed-grams.ts'
import { HashedNgram } from './hashed-ngram.ts'
import { encodeModel } from './model-file.ts'
import { toyStrings } from './toy.testing.ts'
import { type NgramOptions, trainHashedNgram } from './train-hashed-ngram.ts'

const strings = (...texts: string[]) => texts.map((text) => Buffer.from(text))
const score = (model: HashedNgram, text: string) => model.scoreBytes(Buffer.from(text), 0, text.length)

test('the example of the class', () => {
  const model = trainHashedNgram(byteStringsOf(strings('www', 'mail', '6f1a', '93bc')), [0, 0, 1, 1])
  expect(score(model, '8d3f')).toBeCloseTo(0.203, 3)
})

test('counts grams of one to three octets, ends included, each string anew', () => {
  const grams = new HashedGrams(1)
  const found = (text: string) => {
    grams.count(Buffer.from(`<<${text}>>`), 2, 2 + text.length)
    return Array.from(grams.buckets.subarray(0, grams.size), (bucket) => grams.counts[bucket]).sort()
  }
  // a, b, ^a, ab, b$, ^ab, ab$.
  expect(found('ab')).toEqual([1, 1, 1, 1, 1, 1, 1])
  expect(grams.squares).toBe(7)
  // aaaa: a 4, ^a 1, aa 3, a$ 1, ^aa 1, aaa 2, aa$ 1.
  expect(found('aaaa')).toEqual([1, 1, 1, 1, 2, 3, 4])
  expect(grams.squares).toBe(33)
  // Nothing: both ends meet.
  expect(found('')).toEqual([1])
})

test('hashes are what they have been: model files rest on them', () => {
  const grams = new HashedGrams(7)
  grams.count(Buffer.from('ab'), 0, 2)
  expect(Array.from(grams.buckets.subarray(0, 4))).toEqual([7774, 19534, 12565, 45732])
})

test('terms add up to the margin, and the greatest say what is odd', () => {
  const { strings: some, y } = toyStrings(500, 3)
  const model = trainHashedNgram(byteStringsOf(some), y)
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      const terms = model.terms(bytes, 0, bytes.length, Infinity)
      const sum = terms.reduce((total, { term }) => total + term, model.base)
      expect(sum).toBeCloseTo(model.scoreBytes(bytes, 0, bytes.length), 9)
      expect(terms.map(({ term }) => Math.abs(term))).toEqual(
        terms.map(({ term }) => Math.abs(term)).sort((a, b) => b - a),
      )
    }),
  )
  const bytes = Buffer.from('mailmailmail9f')
  const [most] = model.terms(bytes, 0, bytes.length, 40).filter(({ term }) => term > 0)
  expect(bytes.subarray(most.from, most.to).toString()).toMatch(/[9f]/)
})

test('where a gram stands counts, and where the string stands in its buffer does not', () => {
  const texts = ['xab', 'xcd', 'xef', 'abx', 'cdx', 'efx']
  const model = trainHashedNgram(byteStringsOf(strings(...texts)), [1, 1, 1, 0, 0, 0], { l2: 0.01, epochs: 50 })
  expect(score(model, 'xgh')).toBeGreaterThan(1)
  expect(score(model, 'ghx')).toBeLessThan(-1)
  expect(model.scoreBytes(Buffer.from('..xgh..'), 2, 5)).toBe(score(model, 'xgh'))
})

test('heavy rows move the margin, the penalty shrinks, one class stays finite', () => {
  const { strings: some, y } = toyStrings(300, 5)
  const train = (options: NgramOptions, of = y) => trainHashedNgram(byteStringsOf(some), of, options)
  const spread = (model: HashedNgram) => Math.max(...some.map((s) => Math.abs(model.scoreBytes(s, 0, s.length))))
  expect(spread(train({ l2: 100 }))).toBeLessThan(spread(train({ l2: 1 })) / 2)
  const heavy = train({ weights: Array.from(y, (positive) => (positive > 0.5 ? 20 : 1)) })
  const mean = (model: HashedNgram) => some.reduce((sum, s) => sum + model.scoreBytes(s, 0, s.length), 0) / some.length
  expect(mean(heavy)).toBeGreaterThan(mean(train({})) + 0.5)
  expect(
    spread(
      train(
        {},
        y.map(() => 1),
      ),
    ),
  ).toBeLessThan(20)
  expect(() => train({ weights: [1] })).toThrow('1 weights, 300 rows')
  expect(() => trainHashedNgram(byteStringsOf(some), [2])).toThrow('1 targets for 300 rows')
})

test('a file stays within 256 KiB', () => {
  const { strings: some, y } = toyStrings(100, 6)
  const model = trainHashedNgram(byteStringsOf(some), y)
  const file = encodeModel({ model, features: [], thresholds: [], manifestHash: '', seed: 1, metrics: {} })
  expect(file.length).toBeLessThanOrEqual(256 * 1024)
  expect(() => HashedNgram.load({ ...model.save(), parameters: { hashSeed: 'x' } })).toThrow('out of range')
})
