import { describe, expect, it } from 'vitest'
import { balancedLine } from './balanced-line.ts'
import { rankScores } from './ranked-scores.ts'

describe('balancedLine', () => {
  it('is where recall leads false alarms by most, the highest of those that are even', () => {
    // Leads by cut: 1/2, 0, 1/2, 0.
    expect(balancedLine(rankScores([0.9, 0.8, 0.7, 0.1], [1, 0, 1, 0]))).toBe(0.9)
    // 1/3, 2/3, 2/3 - 1/2, 1 - 1/2, 0.
    expect(balancedLine(rankScores([5, 4, 3, 2, 1], [1, 1, 0, 1, 0]))).toBe(4)
  })

  it('does not move with how many rows of a class there are', () => {
    const scores = [3, 2, 1, 0]
    const targets = [1, 1, 0, 0]
    const many = Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? 1 : 0))
    expect(balancedLine(rankScores(scores, targets))).toBe(2)
    expect(balancedLine(rankScores([...scores, ...many], [...targets, ...many.map(() => 0)]))).toBe(2)
  })

  it('is nowhere without both classes', () => {
    expect(balancedLine(rankScores([1, 2], [1, 1]))).toBeUndefined()
    expect(balancedLine(rankScores([1, 2], [0, 0]))).toBeUndefined()
  })
})
