import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clopperPearson } from '../stats/clopper-pearson.ts'
import { confusionAt } from './confusion.ts'
import { scored } from './metrics.testing.ts'
import { rankScores } from './ranked-scores.ts'
import { recallAtLimit } from './recall-at-limit.ts'

/** 2,000 negatives below, two of them high, and ten positives of which seven are above both. */
const negatives = Array.from({ length: 1998 }, (_, i) => i / 1998)
const scores = [...negatives, 5, 4, 9, 8, 7, 6.5, 6.4, 6.3, 6.2, 4.5, 3, -1]
const targets = scores.map((_, i) => (i < 2000 ? 0 : 1))

test('the recall within one false alarm in a thousand, and what it rests on', () => {
  const found = recallAtLimit(rankScores(scores, targets), 1e-3)
  expect(found).toEqual({
    limit: 1e-3,
    threshold: 3,
    recall: 0.9,
    recallBounds: clopperPearson(9, 10),
    falsePositiveRate: 1e-3,
    falsePositiveBounds: clopperPearson(2, 2000),
    truePositives: 9,
    falsePositives: 2,
    positives: 10,
    negatives: 2000,
    canTell: true,
  })
})

test('too few negatives to tell are said to be too few', () => {
  const found = recallAtLimit(rankScores(scores, targets), 1e-4)
  expect(found).toMatchObject({ threshold: 6.2, recall: 0.7, falsePositives: 0, negatives: 2000, canTell: false })
  // Without a false alarm in 2,000 the rate may still be 1.8 in a thousand: past the limit.
  expect(found.falsePositiveBounds.upper).toBeCloseTo(0.00184, 5)
})

test('where the highest score is a false alarm too many, nothing is found', () => {
  const found = recallAtLimit(rankScores([3, 2, 1], [0, 1, 0]), 1e-3)
  expect(found).toMatchObject({ threshold: Infinity, recall: 0, truePositives: 0, falsePositiveRate: 0 })
})

test('a tie of both classes is taken whole or not at all', () => {
  const found = recallAtLimit(rankScores([3, 2, 2, 2, 1, 1], [1, 1, 0, 0, 0, 1]), 0.34)
  expect(found).toMatchObject({ threshold: 3, recall: 1 / 3, falsePositives: 0 })
})

test('weights are refused: bounds are for counts', () => {
  expect(() => recallAtLimit(rankScores([1, 2], [0, 1], [1, 1]), 0.1)).toThrow('for counts, not weights')
})

test('no threshold within the limit finds more', () => {
  fc.assert(
    fc.property(scored, fc.double({ min: 0, max: 1, noNaN: true }), ({ scores, targets }, limit) => {
      const found = recallAtLimit(rankScores(scores, targets), limit)
      const best = [Infinity, ...scores]
        .map((threshold) => confusionAt(scores, targets, threshold))
        .filter((c) => c.falsePositives <= limit * found.negatives + 1e-9)
        .map((c) => c.truePositives)
      expect(found.truePositives).toBe(Math.max(...best))
      expect(confusionAt(scores, targets, found.threshold)).toMatchObject({
        truePositives: found.truePositives,
        falsePositives: found.falsePositives,
      })
    }),
  )
})
