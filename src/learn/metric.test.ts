import { describe, expect, test } from 'vitest'
import { balancedAccuracy, f1, metrics, prAuc, recall, rocAuc } from './metric.ts'

const y = [1, 1, 0, 0, 0]

describe.each(metrics.map((metric) => [metric.name, metric] as const))('%s', (_, metric) => {
  test('is 1 for what is right throughout, and less for each row that is not', () => {
    expect(metric.measure([2, 1, -1, -2, -3], y)).toBe(1)
    const oneWrong = metric.measure([2, -1.5, -1, -2, -3], y)
    expect(oneWrong).toBeLessThan(1)
    expect(metric.measure([-4, -1.5, -1, -2, -3], y)).toBeLessThan(oneWrong)
  })

  test('is no number where no positive is there to be found', () => {
    expect(metric.measure([-1, -2], [0, 0])).toBeNaN()
  })
})

test('each by hand', () => {
  const margins = [2, -1, 1, -2, -3]
  expect(rocAuc.measure(margins, y)).toBe(5 / 6)
  expect(prAuc.measure(margins, y)).toBeCloseTo((1 + 2 / 3) / 2, 12)
  expect(recall.measure(margins, y)).toBe(0.5)
  expect(f1.measure(margins, y)).toBe(0.5)
  expect(balancedAccuracy.measure(margins, y)).toBeCloseTo((1 / 2 + 2 / 3) / 2, 12)
})
