import { describe, expect, it } from 'vitest'
import { createLearner } from '../models/online/index.ts'
import { encodeLearned, LearnedVersion } from './learned-version.ts'

const NAMES = ['a', 'b']
const FACTS = {
  features: NAMES.map((name) => ({ name, unit: 'ratio' })),
  ...{ anchorWeight: 0.4, line: 0.6, lineShare: 0.001, seed: 1, malicious: 20, benign: 30 },
}

function learner() {
  const made = createLearner('logistic-ftrl', NAMES, 1)
  for (let i = 0; i < 400; i++) made.learnOne(Float64Array.of(i % 2, 1), 0, i % 2, 1)
  return made
}

describe('LearnedVersion', () => {
  it('says what the policy would have said when it was made', () => {
    const version = LearnedVersion.decode(encodeLearned(learner(), FACTS), '0123456789abcdef', NAMES)
    const [bad, good] = [Float64Array.of(1, 1), Float64Array.of(0, 1)]
    expect(version.line).toBe(0.6)
    expect(version.probability(bad, 0, 0)).toBeGreaterThan(0.5)
    expect(version.probability(good, 0, 0)).toBeLessThan(0.1)
    // The anchor's word counts what the version says it does.
    expect(version.probability(good, 0, 1) - version.probability(good, 0, 0)).toBeCloseTo(0.4, 12)
  })

  it.each([
    ['an anchor below its floor', { anchorWeight: 0.29 }, 'what the shipped model counts'],
    ['an anchor above all', { anchorWeight: 1.01 }, 'what the shipped model counts'],
    ['a line below the least', { line: 0.24 }, 'no line, or one too low'],
  ])('refuses %s, whoever wrote the file', (_, changed, sentence) => {
    const bytes = encodeLearned(learner(), { ...FACTS, ...changed })
    expect(() => LearnedVersion.decode(bytes, 'x', NAMES)).toThrow(sentence)
  })

  it('refuses other features, and a file that is damaged', () => {
    const bytes = encodeLearned(learner(), FACTS)
    expect(() => LearnedVersion.decode(bytes, 'x', ['a', 'c'])).toThrow('trained on other features')
    bytes[bytes.length - 1] ^= 1
    expect(() => LearnedVersion.decode(bytes, 'x', NAMES)).toThrow('damaged or cut short')
  })
})
