import { describe, expect, test } from 'vitest'
import { binaryReport } from './binary-report.ts'
import { calibration } from './calibration.ts'
import { confusionAt, confusionOf, confusionRates } from './confusion.ts'
import { macroAverage } from './macro-average.ts'
import { brierScore, logLoss } from './probability-scores.ts'

describe('confusion', () => {
  test('a rule is counted as a threshold is, on all rows or on some', () => {
    const [scores, targets] = [
      [0.9, 0.4, 0.4, 0.1],
      [1, 1, 0, 0],
    ]
    const flags = (row: number) => scores[row] >= 0.4
    expect(confusionOf(targets, flags)).toEqual(confusionAt(scores, targets, 0.4))
    expect(confusionOf(targets, flags, [2, 3])).toEqual(confusionAt([0.4, 0.1], [0, 0], 0.4))
  })

  test('a score at the threshold is called positive', () => {
    expect(confusionAt([0.9, 0.4, 0.4, 0.1], [1, 1, 0, 0], 0.4)).toEqual({
      truePositives: 2,
      falsePositives: 1,
      trueNegatives: 1,
      falseNegatives: 0,
    })
    expect(confusionAt([2, 1], [1, 0], 1.5, [3, 5])).toMatchObject({ truePositives: 3, trueNegatives: 5 })
  })

  test('rates by hand', () => {
    const rates = confusionRates({ truePositives: 6, falsePositives: 2, trueNegatives: 88, falseNegatives: 4 })
    expect(rates).toEqual({
      precision: 0.75,
      recall: 0.6,
      f1: 12 / 18,
      falsePositiveRate: 2 / 90,
      specificity: 88 / 90,
      balancedAccuracy: (0.6 + 88 / 90) / 2,
      accuracy: 0.94,
      majorityAccuracy: 0.9,
    })
  })

  test('nothing to take a share of is NaN, not 0 or 1', () => {
    const rates = confusionRates({ truePositives: 0, falsePositives: 0, trueNegatives: 5, falseNegatives: 0 })
    expect(rates).toMatchObject({ precision: Number.NaN, recall: Number.NaN, f1: Number.NaN, accuracy: 1 })
  })
})

describe('probabilities', () => {
  test('losses by hand', () => {
    expect(brierScore([0.9, 0.2], [1, 0])).toBeCloseTo(0.025, 15)
    expect(logLoss([0.9, 0.2], [1, 0])).toBe(0.164252033486018)
    expect(logLoss([0, 1], [1, 0])).toBeCloseTo(34.54, 2)
    expect(brierScore([1, 0], [0, 0], [1, 3])).toBe(0.25)
    expect(() => brierScore([1.1], [1])).toThrow('1.1 of row 0 is not a probability')
  })

  test('calibration: said against come', () => {
    const { bins, expectedError } = calibration([0.1, 0.3, 0.8, 0.9, 1], [0, 0, 1, 1, 0], 2)
    expect(bins).toMatchObject([
      { from: 0, to: 0.5, rows: 2, positives: 0, said: 0.2, came: 0 },
      { from: 0.5, to: 1, rows: 3, positives: 2, came: 2 / 3 },
    ])
    expect(expectedError).toBeCloseTo((0.4 + 0.7) / 5, 12)
    expect(calibration([0.1, 0.3, 0.8, 0.9], [0, 0, 1, 1], 2).expectedError).toBeCloseTo(0.175, 12)
    expect(calibration([0.5], [1]).bins[0]).toMatchObject({ rows: 0, said: Number.NaN, cameBounds: { upper: 1 } })
  })
})

test('a macro average gives each group the same say and counts those without a value', () => {
  const found = [1, 1, 1, 0, Number.NaN]
  expect(macroAverage(['a', 'a', 'a', 'b', 'c'], (rows) => found[rows[0]])).toEqual({
    groups: [
      { group: 'a', rows: 3, value: 1 },
      { group: 'b', rows: 1, value: 0 },
      { group: 'c', rows: 1, value: Number.NaN },
    ],
    mean: 0.5,
    withoutValue: 1,
  })
  expect(macroAverage([], () => 1).mean).toBeNaN()
})

describe('the report', () => {
  const scores = [0.9, 0.8, 0.4, 0.1]
  const targets = [1, 0, 1, 0]

  test('says everything of one set of rows', () => {
    const report = binaryReport({ scores, targets, threshold: 0.5, probabilities: scores })
    expect(report).toMatchObject({ rows: 4, positives: 2, negatives: 2, rocAuc: 0.75, threshold: 0.5 })
    expect(report.atLimits.map(({ limit, canTell }) => [limit, canTell])).toEqual([
      [1e-3, false],
      [1e-4, false],
    ])
    expect(report).toMatchObject({ precision: 0.5, recall: 0.5, accuracy: 0.5, majorityAccuracy: 0.5 })
    expect(report.probability).toMatchObject({ brier: expect.closeTo((0.01 + 0.64 + 0.36 + 0.01) / 4, 12) })
    expect(report.prAuc).toBeCloseTo((1 + 2 / 3) / 2, 12)
  })

  test('without probabilities says nothing about them', () => {
    expect('probability' in binaryReport({ scores, targets, threshold: 0.5 })).toBe(false)
  })

  test('weights move areas and rates, and leave counts alone', () => {
    const report = binaryReport({ scores, targets, threshold: 0.5, weights: [1, 0, 1, 1] })
    expect(report).toMatchObject({ rows: 4, negatives: 2, rocAuc: 1, precision: 1 })
    expect(report.atLimits[0].negatives).toBe(2)
  })
})
