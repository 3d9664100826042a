import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom } from '../stats/random.ts'
import { newtonDirection } from './newton-direction.ts'

const WIDTH = 6

/** A curvature matrix of `rank` random directions, so that columns repeat each other where it is below the width. */
function curvature(random: () => number, rank: number): Float64Array {
  const hessian = new Float64Array(WIDTH * WIDTH)
  for (let r = 0; r < rank; r++) {
    const row = Float64Array.from({ length: WIDTH }, () => 20 * random() - 10)
    for (let j = 0; j < WIDTH; j++) for (let k = 0; k < WIDTH; k++) hessian[j * WIDTH + k] += row[j] * row[k]
  }
  for (let j = 0; j < WIDTH; j++) hessian[j * WIDTH + j] += 1e-6
  return hessian
}

test('lands where no coefficient gains by moving: zeros are exact, all others pull their price', () => {
  let zeros = 0
  fc.assert(
    fc.property(
      fc.integer(),
      fc.integer({ min: 2, max: 9 }),
      fc.double({ min: 0, max: 50, noNaN: true }),
      (seed, rank, l1) => {
        const random = createRandom(seed)
        const hessian = curvature(random, rank)
        // The slope lies in the range of the curvature, as a loss's does: else the model has no bottom.
        const peak = Float64Array.from({ length: WIDTH }, () => 4 * random() - 2)
        const gradient = peak.map((_, j) => -peak.reduce((sum, p, k) => sum + p * hessian[j * WIDTH + k], 0))
        const coefficients = peak.map(() => (random() < 0.5 ? 0 : random()))
        const restraints = {
          l1: new Float64Array(WIDTH).fill(l1, 0, WIDTH - 1),
          nonNegative: Array.from({ length: WIDTH - 1 }, () => random() < 0.3),
        }
        const direction = newtonDirection(gradient, hessian, coefficients, restraints)
        for (let j = 0; j < WIDTH; j++) {
          const at = coefficients[j] + direction[j]
          const slope = direction.reduce((sum, d, k) => sum + d * hessian[j * WIDTH + k], gradient[j])
          const price = restraints.l1[j]
          const slack = 1e-6 * (1 + hessian[j * WIDTH + j])
          if (at === 0) {
            zeros++
            expect(-slope).toBeLessThanOrEqual(price + slack)
            if (!restraints.nonNegative[j]) expect(slope).toBeLessThanOrEqual(price + slack)
          } else {
            expect(Math.abs(slope + price * Math.sign(at))).toBeLessThanOrEqual(slack)
            if (restraints.nonNegative[j]) expect(at).toBeGreaterThan(0)
          }
        }
      },
    ),
    { seed: 1, numRuns: 500 },
  )
  expect(zeros).toBeGreaterThan(100)
})
