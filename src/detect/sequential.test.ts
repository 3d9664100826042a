import { describe, expect, it } from 'vitest'
import { createRandom } from '../stats/random.ts'
import { clippedStep, sequentialStep } from './sequential.ts'

const LIMIT = 9

function run(ratios: readonly number[], answered: boolean): number {
  return ratios.reduce((sum, ratio) => sequentialStep(sum, ratio, answered), 0)
}

describe('sequentialStep', () => {
  it('passes 9 with four clear exchanges, and stays 1.3 times below with three, however clear', () => {
    expect(run([9, 9, 9, 9], true)).toBeGreaterThan(LIMIT)
    expect(run([1e9, 1e9, 1e9], true)).toBeLessThan(LIMIT / 1.3)
  })

  it('needs a fifth where no answer was seen', () => {
    expect(run([9, 9, 9, 9], false)).toBeLessThan(LIMIT)
    expect(run([9, 9, 9, 9, 9], false)).toBeGreaterThan(LIMIT)
  })

  it('never falls below zero, and a benign exchange takes three at most', () => {
    expect(run([-100, -100], true)).toBe(0)
    expect(run([9, 9, -100], true)).toBeCloseTo(2 * 2.3 - 3.05, 9)
  })

  it('drifts down on exchanges that say nothing', () => {
    expect(run([2, ...new Array<number>(100).fill(0)], true)).toBe(0)
  })

  it('grows with the evidence', () => {
    for (let ratio = -5; ratio < 5; ratio += 0.1) {
      expect(sequentialStep(4, ratio + 0.1, true)).toBeGreaterThanOrEqual(sequentialStep(4, ratio, true))
    }
  })

  it('keeps its promise on false alarms: an increment whose e^x averages one at most', () => {
    // Worst benign case papers.md 5.5 bounds: +clip with probability e^-clip, else far below.
    const p = Math.exp(-2.35)
    const mean = p * Math.exp(2.35 - 0.05) + (1 - p) * Math.exp(-3 - 0.05)
    expect(mean).toBeLessThanOrEqual(1)
    const random = createRandom(1)
    let alarms = 0
    let sum = 0
    for (let i = 0; i < 1_000_000; i++) {
      sum = sequentialStep(sum, random() < p ? 2.35 : -3, true)
      if (sum > LIMIT) {
        alarms++
        sum = 0
      }
    }
    // One in e^9 = 8,100 exchanges is the bound: 123.
    expect(alarms).toBeLessThan(123)
  })
})

describe('clippedStep', () => {
  it('clips both ways and adds no drift', () => {
    expect([clippedStep(9, true), clippedStep(9, false), clippedStep(-9, true), clippedStep(1, true)]).toEqual([
      2.35, 2, -3, 1,
    ])
  })
})
