import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fuse } from './fusion.ts'

const ratio = fc.double({ min: 0, max: 1e6, noNaN: true })
const weight = fc.double({ min: 0, max: 10, noNaN: true })

describe('fuse', () => {
  it('is monotone: more evidence never lowers the score', () => {
    const four = fc.tuple(ratio, ratio, ratio, ratio)
    fc.assert(
      fc.property(fc.tuple(weight, weight, weight, weight), four, fc.nat(3), ratio, (weights, ratios, which, more) => {
        const fusion = { base: -4, weights }
        const raised = ratios.map((value, i) => (i === which ? value + more : value))
        expect(fuse(fusion, raised).score).toBeGreaterThanOrEqual(fuse(fusion, ratios).score)
      }),
    )
  })

  it('is a probability whose log-odds are the base and the contributions', () => {
    const { score, contributions } = fuse({ base: -2, weights: [1, 2, 0, 0.5] }, [1, 0.5, 9, 2])
    expect(contributions).toEqual([1, 1, 0, 1])
    expect(score).toBeCloseTo(1 / (1 + Math.exp(-1)), 12)
  })

  it('adds what side detectors read, by name; one without a weight adds nothing', () => {
    const fusion = { base: -2, weights: [1, 0, 0, 0], sides: { packets: 0.5 } }
    const beside = [
      { name: 'flows', ratio: 3 },
      { name: 'packets', ratio: 100 },
    ]
    const fused = fuse(fusion, [1, 0, 0, 0], beside)
    expect(fused.sides).toEqual([0, 2])
    expect(fused.score).toBeCloseTo(1 / (1 + Math.exp(-1)), 12)
  })

  it('takes a ratio past four for four', () => {
    const fusion = { base: 0, weights: [1, 1, 1, 1] }
    expect(fuse(fusion, [400, 0, 0, 0])).toEqual(fuse(fusion, [4, 0, 0, 0]))
  })
})
