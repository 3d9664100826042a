import { describe, expect, it } from 'vitest'
import { kappa, kappaTemporal } from './kappa.ts'

const counts = (truePositives: number, falsePositives: number, falseNegatives: number, trueNegatives: number) => ({
  truePositives,
  falsePositives,
  falseNegatives,
  trueNegatives,
})

describe('kappa', () => {
  it('is what is left past chance, worked by hand', () => {
    // Right 35 of 50. Called positive 25, are positive 30: by chance 25/50 * 30/50 + 25/50 * 20/50 = 0.5.
    expect(kappa(counts(20, 5, 10, 15))).toBeCloseTo(0.4, 12)
    // Right 60 of 100. By chance 0.7 * 0.6 + 0.3 * 0.4 = 0.54, so 0.06 / 0.46.
    expect(kappa(counts(45, 25, 15, 15))).toBeCloseTo(0.06 / 0.46, 12)
  })

  it('is 1 for what is always right, 0 for one answer only, below 0 for what is worse than chance', () => {
    expect(kappa(counts(3, 0, 0, 997))).toBe(1)
    expect(kappa(counts(0, 0, 10, 990))).toBe(0)
    expect(kappa(counts(0, 10, 10, 0))).toBe(-1)
  })

  it('says nothing where chance is always right, or where there are no rows', () => {
    expect(kappa(counts(0, 0, 0, 10))).toBeNaN()
    expect(kappa(counts(0, 0, 0, 0))).toBeNaN()
  })

  it('does not depend on how many rows the counts stand for', () => {
    expect(kappa(counts(2, 0.5, 1, 1.5))).toBeCloseTo(kappa(counts(20, 5, 10, 15)), 12)
  })
})

describe('kappaTemporal', () => {
  it('is 0 for no change itself, 1 for no mistake, and below 0 for what no change beats', () => {
    expect(kappaTemporal(0.8595, 0.8595)).toBe(0)
    expect(kappaTemporal(1, 0.8)).toBe(1)
    expect(kappaTemporal(0.9, 0.8)).toBeCloseTo(0.5, 12)
    expect(kappaTemporal(0.7, 0.8)).toBeCloseTo(-0.5, 12)
    expect(kappaTemporal(1, 1)).toBeNaN()
  })
})
