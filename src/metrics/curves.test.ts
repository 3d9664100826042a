import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aucInterval } from './auc-interval.ts'
import { pairwiseArea, scored, winOf } from './metrics.testing.ts'
import { averagePrecision, precisionRecallCurve } from './precision-recall.ts'
import { rankScores } from './ranked-scores.ts'
import { areaUnderRoc, rocCurve } from './roc.ts'

const example = rankScores([0.9, 0.4, 0.4, 0.1], [1, 1, 0, 0])

describe('ranked scores', () => {
  test('one cut a distinct score, from the highest down', () => {
    expect(example).toEqual({
      rows: 4,
      weighted: false,
      positives: 2,
      negatives: 2,
      thresholds: Float64Array.of(0.9, 0.4, 0.1),
      truePositives: Float64Array.of(1, 2, 2),
      falsePositives: Float64Array.of(0, 1, 2),
    })
  })

  test('what cannot be measured is refused', () => {
    expect(() => rankScores([], [])).toThrow('no rows to measure')
    expect(() => rankScores([1], [1, 0])).toThrow('2 targets for 1 scores')
    expect(() => rankScores([1, Number.NaN], [1, 0])).toThrow('the score of row 1 is no number')
    expect(() => rankScores([1, 2], [1, 0.5])).toThrow('target 0.5 of row 1 is not 0 or 1')
    expect(() => rankScores([1, 2], [1, 0], [1, -1])).toThrow('weight -1 of row 1')
    expect(() => rankScores([1, 2], [1, 0], [1])).toThrow('1 weights, 2 rows')
  })
})

describe('ROC', () => {
  test('the area is the share of pairs in the right order', () => {
    expect(areaUnderRoc(example)).toBe(0.875)
    fc.assert(
      fc.property(scored, ({ scores, targets }) => {
        expect(areaUnderRoc(rankScores(scores, targets))).toBeCloseTo(pairwiseArea(scores, targets), 12)
      }),
    )
  })

  test('the area is the one under the curve, by trapezia', () => {
    fc.assert(
      fc.property(scored, ({ scores, targets }) => {
        const ranked = rankScores(scores, targets)
        const { falsePositiveRates: x, recalls: y } = rocCurve(ranked)
        let area = 0
        for (let i = 1; i < x.length; i++) area += ((x[i] - x[i - 1]) * (y[i] + y[i - 1])) / 2
        expect(area).toBeCloseTo(areaUnderRoc(ranked), 12)
        expect([x[0], y[0], x.at(-1), y.at(-1)]).toEqual([0, 0, 1, 1])
      }),
    )
  })

  test('turned scores give one less the area, and the order of rows says nothing', () => {
    fc.assert(
      fc.property(scored, ({ scores, targets }) => {
        const area = areaUnderRoc(rankScores(scores, targets))
        const turned = scores.map((score) => -score)
        expect(areaUnderRoc(rankScores(turned, targets))).toBeCloseTo(1 - area, 12)
        expect(areaUnderRoc(rankScores(scores.toReversed(), targets.toReversed()))).toBe(area)
      }),
    )
  })

  test('one class alone has no area', () => {
    expect(areaUnderRoc(rankScores([1, 2], [1, 1]))).toBeNaN()
    expect(rocCurve(rankScores([1, 2], [1, 1])).falsePositiveRates.at(-1)).toBeNaN()
  })

  test('DeLong’s variance is that of the shares won by each row', () => {
    fc.assert(
      fc.property(scored, ({ scores, targets }) => {
        const area = pairwiseArea(scores, targets)
        const up = scores.filter((_, i) => targets[i] === 1)
        const down = scores.filter((_, i) => targets[i] === 0)
        if (up.length < 2 || down.length < 2) return
        const variance = (shares: number[]) =>
          shares.reduce((sum, share) => sum + (share - area) ** 2, 0) / (shares.length - 1) / shares.length
        const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
        const total =
          variance(up.map((u) => mean(down.map((d) => winOf(u, d))))) +
          variance(down.map((d) => mean(up.map((u) => winOf(u, d)))))
        const { lower, upper } = aucInterval(rankScores(scores, targets))
        expect(lower).toBeCloseTo(Math.max(0, area - 1.959964 * Math.sqrt(total)), 6)
        expect(upper).toBeCloseTo(Math.min(1, area + 1.959964 * Math.sqrt(total)), 6)
      }),
    )
    expect(aucInterval(rankScores([6, 5, 4, 3, 2, 1], [1, 1, 0, 1, 0, 0])).lower).toBeCloseTo(0.5809, 4)
  })
})

describe('precision and recall', () => {
  test('average precision by hand', () => {
    // Half of recall at precision 1, the other half at 2 of 3.
    expect(averagePrecision(example)).toBe(0.8333333333333333)
    expect(averagePrecision(rankScores([3, 2, 1], [0, 0, 1]))).toBe(1 / 3)
    expect(averagePrecision(rankScores([1, 1, 1, 1], [0, 0, 1, 0]))).toBe(0.25)
    expect(averagePrecision(rankScores([1, 2], [0, 0]))).toBeNaN()
  })

  test('the curve rises in recall and ends with everything called positive', () => {
    fc.assert(
      fc.property(scored, ({ scores, targets }) => {
        const { precisions, recalls } = precisionRecallCurve(rankScores(scores, targets))
        for (let i = 1; i < recalls.length; i++) expect(recalls[i]).toBeGreaterThanOrEqual(recalls[i - 1])
        const share = targets.reduce((sum, target) => sum + target, 0) / targets.length
        expect([recalls.at(-1), precisions.at(-1)]).toEqual([1, share])
      }),
    )
  })
})

test('a weight of two is the row twice', () => {
  const weight = fc.integer({ min: 1, max: 3 })
  fc.assert(
    fc.property(scored, fc.array(weight, { minLength: 42, maxLength: 42 }), ({ scores, targets }, weights) => {
      const used = weights.slice(0, scores.length)
      const twice = (values: number[]) => values.flatMap((value, i) => new Array<number>(used[i]).fill(value))
      const weighed = rankScores(scores, targets, used)
      const repeated = rankScores(twice(scores), twice(targets))
      expect(areaUnderRoc(weighed)).toBe(areaUnderRoc(repeated))
      expect(averagePrecision(weighed)).toBe(averagePrecision(repeated))
    }),
  )
})
