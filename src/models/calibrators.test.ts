import { describe, expect, test } from 'vitest'
import { createRandom } from '../stats/random.ts'
import { sigmoid } from '../stats/sigmoid.ts'
import { fitIsotonic, fitPlatt } from './calibrators.ts'

function sample(count: number, seed: number, slope = 1, shift = -2) {
  const random = createRandom(seed)
  const margins = Float64Array.from({ length: count }, () => 8 * random() - 4)
  const y = margins.map((m) => (random() < sigmoid(slope * m + shift) ? 1 : 0))
  return { margins, y }
}

describe.each([
  ['platt', fitPlatt],
  ['isotonic', fitIsotonic],
] as const)('%s', (_, fit) => {
  test('recovers the probabilities the sample was drawn with', () => {
    const { margins, y } = sample(20_000, 1)
    const calibrator = fit(margins, y)
    for (let m = -3; m <= 3; m++) expect(Math.abs(calibrator.probability(m) - sigmoid(m - 2))).toBeLessThan(0.05)
  })

  test('never falls, stays strictly inside 0 and 1, and is finite for anything', () => {
    const { margins, y } = sample(300, 2, 9)
    const calibrator = fit(margins, y)
    const asked = [-Infinity, -1e308, ...Array.from({ length: 801 }, (_, i) => i / 100 - 4), 1e308, Infinity]
    const found = asked.map((m) => calibrator.probability(m))
    expect(found).toEqual(found.toSorted((a, b) => a - b))
    expect(found[0]).toBeGreaterThan(1e-4)
    expect(found.at(-1)).toBeLessThan(1 - 1e-4)
    expect(asked.every((m) => Number.isFinite(calibrator.logLikelihoodRatio(m)))).toBe(true)
    expect(calibrator.logLikelihoodRatio(Number.NaN)).toBe(0)
  })

  test('a likelihood ratio does not depend on the prior', () => {
    const { margins, y } = sample(20_000, 3)
    const ten = fit(
      margins,
      y,
      y.map((target) => (target === 1 ? 1 : 10)),
    )
    const one = fit(margins, y)
    for (let m = -1; m <= 3; m++) {
      expect(Math.abs(ten.logLikelihoodRatio(m) - one.logLikelihoodRatio(m))).toBeLessThan(0.35)
    }
    expect(ten.priorLogOdds).toBeCloseTo(one.priorLogOdds - Math.log(10), 9)
  })

  test('weights of whole numbers are repeats, and of zero are absent', () => {
    const { margins, y } = sample(200, 4)
    const twice = fit([...margins, ...margins], [...y, ...y])
    const weighted = fit([...margins, 99], [...y, 0], [...margins.map(() => 2), 0])
    for (let m = -4; m <= 4; m++) expect(weighted.probability(m)).toBeCloseTo(twice.probability(m), 6)
  })

  test('one class alone is refused', () => {
    expect(() => fit([1, 2], [1, 1])).toThrow('both classes')
  })
})

test('examples of the classes', () => {
  expect(fitPlatt([-2, -1, 0, 1, 2, 3], [0, 0, 0, 1, 1, 1]).probability(3)).toBeCloseTo(0.8, 2)
  expect(fitIsotonic([1, 2, 3, 4, 5, 6], [0, 0, 1, 0, 1, 1]).probability(3)).toBe(0.5)
})

test('isotonic ends follow Laplace', () => {
  const margins = Array.from({ length: 200 }, (_, i) => i)
  const calibrator = fitIsotonic(
    margins,
    margins.map((m) => (m < 100 ? 0 : 1)),
  )
  expect(calibrator.probability(0)).toBeCloseTo(1 / 102, 12)
  expect(calibrator.probability(500)).toBeCloseTo(101 / 102, 12)
  expect(calibrator.logLikelihoodRatio(500)).toBeCloseTo(Math.log(101), 12)
})

test('margins that point the wrong way are no evidence to Platt', () => {
  const { margins, y } = sample(500, 5, -2)
  const calibrator = fitPlatt(margins, y)
  expect(calibrator.logLikelihoodRatio(4)).toBeCloseTo(0, 12)
})
