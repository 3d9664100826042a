import { describe, expect, it } from 'vitest'
import { createLearner } from '../models/online/index.ts'
import { SavedRandom } from '../stats/saved-random.ts'
import { AdaptivePolicy, type AnchorWord } from './adaptive-policy.ts'

const DAY = 86_400_000
/** When the rows of {@link taught} have been held long enough. */
const LATER = 5 * 3_600_000
const NAMES = ['a', 'b']
const QUIET: AnchorWord = { probability: 0.01, fired: false, accountRatio: 0 }
const FIRED: AnchorWord = { probability: 0.99, fired: true, accountRatio: 2 }
const policyOf = () => new AdaptivePolicy(createLearner('logistic-ftrl', NAMES, 1))

/** Rows about 0 of one class, about 3 of the other. */
function rowOf(random: SavedRandom, y: number): Float64Array {
  return Float64Array.from(NAMES, () => 3 * y + random.next() - 0.5)
}

/** Teaches the policy by honest verdicts, one a domain, and lets ordinary rows pass by. */
function taught(rows = 1500): AdaptivePolicy {
  const policy = policyOf()
  const random = new SavedRandom(1)
  for (let i = 0; i < rows; i++) {
    const y = i % 3 === 0 ? 1 : 0
    const x = rowOf(random, y)
    policy.learn(x, 0, QUIET, { group: `g${i}`, timeMs: i, y: y as 0 | 1, weight: 1 })
    const passing = rowOf(random, 0)
    policy.decide(policy.probability(passing, 0, QUIET), QUIET, `quiet ${i % 50}`, i * 10_000)
  }
  return policy
}

describe('AdaptivePolicy', () => {
  it('never votes away what the anchor fired on, whatever it was taught', () => {
    const policy = policyOf()
    const random = new SavedRandom(2)
    for (let i = 0; i < 2000; i++)
      policy.learn(rowOf(random, 1), 0, FIRED, { group: `g${i}`, timeMs: i, y: 0, weight: 30 })
    const x = rowOf(random, 1)
    expect(policy.decide(policy.probability(x, 0, FIRED), FIRED, 'tunnel.example', 0)).toBe(true)
  })

  it('calls what it learned malicious before the anchor does, and ordinary rows not', () => {
    const policy = taught()
    const random = new SavedRandom(3)
    const [bad, good] = [rowOf(random, 1), rowOf(random, 0)]
    expect(policy.decide(policy.probability(bad, 0, QUIET), QUIET, 'new.example', LATER)).toBe(true)
    expect(policy.decide(policy.probability(good, 0, QUIET), QUIET, 'old.example', LATER)).toBe(false)
  })

  it('may add a tenth of what the anchor calls, and one a day', () => {
    const policy = taught()
    const random = new SavedRandom(4)
    let called = 0
    for (let i = 0; i < 50; i++) {
      const x = rowOf(random, 1)
      if (policy.decide(policy.probability(x, 0, QUIET), QUIET, `n${i}.example`, LATER)) called++
    }
    expect(called).toBe(1)
    expect(policy.added.refused).toBe(49)
    for (let i = 0; i < 40; i++) policy.decide(0.99, FIRED, `fired${i}.example`, LATER)
    const x = rowOf(random, 1)
    expect(policy.decide(policy.probability(x, 0, QUIET), QUIET, 'later.example', 2000)).toBe(true)
  })

  it('S2: is taught only so much a day by one domain, flood or not', () => {
    const flooded = taught()
    const calm = taught()
    const random = new SavedRandom(5)
    for (let i = 0; i < 5000; i++)
      flooded.learn(rowOf(random, 1), 0, QUIET, { group: 'flood.example', timeMs: 2000, y: 0, weight: 1 })
    expect(flooded.allowance.refused).toBe(5000 - 30)
    const x = rowOf(random, 1)
    expect(flooded.probability(x, 0, QUIET)).toBeGreaterThan(0.8 * calm.probability(x, 0, QUIET))
  })

  it('S2: a slow ramp of false verdicts cannot lower the floor, and the anchor keeps three tenths of the say', () => {
    const policy = taught()
    const random = new SavedRandom(6)
    for (let day = 1; day < 30; day++) {
      for (let i = 0; i < 100; i++) {
        policy.learn(rowOf(random, 1), 0, QUIET, { group: `d${i}.example`, timeMs: day * DAY, y: 0, weight: 1 })
      }
    }
    const x = rowOf(random, 1)
    expect(policy.probability(x, 0, FIRED)).toBeGreaterThanOrEqual(0.3 * FIRED.probability)
    expect(policy.decide(policy.probability(x, 0, FIRED), FIRED, 'tunnel.example', 30 * DAY)).toBe(true)
  })

  it('tells of drift in its loss, once', () => {
    const policy = taught()
    expect(policy.takeDrift()).toBe(false)
    const random = new SavedRandom(7)
    for (let i = 0; i < 1500; i++)
      policy.learn(rowOf(random, 1), 0, QUIET, { group: `x${i}`, timeMs: DAY + i, y: (i % 2) as 0 | 1, weight: 1 })
    expect(policy.takeDrift()).toBe(true)
    expect(policy.takeDrift()).toBe(false)
  })
})
