import { describe, expect, it } from 'vitest'
import { type Block, balancedAccuracy, pairedDifference } from './paired-bootstrap.ts'

/** Tunnels of ten rows and benign domains of ten, of which either arm has so many right. */
const blocks = (tunnels: readonly [number, number][], benign: readonly [number, number][]): Block[] => [
  ...tunnels.map(([a, b]) => ({
    positives: 10,
    negatives: 0,
    right: [
      { positives: a, negatives: 0 },
      { positives: b, negatives: 0 },
    ],
  })),
  ...benign.map(([a, b]) => ({
    positives: 0,
    negatives: 10,
    right: [
      { positives: 0, negatives: a },
      { positives: 0, negatives: b },
    ],
  })),
]

describe('pairedDifference', () => {
  it('is the difference of balanced accuracies, worked by hand', () => {
    const ordering = blocks(
      [
        [10, 5],
        [8, 5],
      ],
      [
        [10, 10],
        [9, 10],
      ],
    )
    expect(balancedAccuracy(ordering, 0)).toBeCloseTo((18 / 20 + 19 / 20) / 2, 12)
    expect(balancedAccuracy(ordering, 1)).toBeCloseTo((10 / 20 + 20 / 20) / 2, 12)
    expect(pairedDifference([ordering], 0, 1, 1).mean).toBeCloseTo(0.175, 12)
  })

  it('has an interval of nothing where both have the same right', () => {
    const same = blocks(
      [
        [7, 7],
        [3, 3],
      ],
      [[9, 9]],
    )
    expect(pairedDifference([same, same], 0, 1, 1)).toEqual({ mean: 0, lower: 0, upper: 0 })
  })

  it('spans nought where one block decides, and not where all do', () => {
    const one = blocks(
      [
        [10, 0],
        [0, 10],
        [5, 5],
      ],
      [[10, 10]],
    )
    const wide = pairedDifference([one, one], 0, 1, 1)
    expect(wide.lower).toBeLessThan(0)
    expect(wide.upper).toBeGreaterThan(0)
    const all = blocks(
      Array.from({ length: 20 }, () => [9, 6] as [number, number]),
      [[10, 10]],
    )
    expect(pairedDifference([all], 0, 1, 1).lower).toBeGreaterThan(0.1)
  })

  it('is the same for the same seed', () => {
    const some = blocks(
      [
        [10, 0],
        [0, 10],
        [5, 5],
      ],
      [
        [10, 9],
        [3, 8],
      ],
    )
    expect(pairedDifference([some], 0, 1, 4)).toEqual(pairedDifference([some], 0, 1, 4))
  })
})
