import { describe, expect, it } from 'vitest'
import { createLearner } from '../models/online/index.ts'
import { AdaptivePolicy } from './adaptive-policy.ts'
import { encodeLearned, LearnedVersion } from './learned-version.ts'
import { RowMemory } from './row-memory.ts'
import { Teacher } from './teacher.ts'

const NAMES = ['a']
const QUIET = { probability: 0.1, fired: false, accountRatio: 0 }

function teacherOf() {
  const rows = new RowMemory()
  const teacher = new Teacher(new AdaptivePolicy(createLearner('logistic-ftrl', NAMES, 1)))
  /** A group with this many rows that read like `value`. */
  const group = (name: string, value: number, count = 30, called = false) => {
    for (let i = 0; i < count; i++) rows.keep(name, i, () => ({ x: Float64Array.of(value), anchor: QUIET, called }))
    return rows.of(name)!
  }
  return { teacher, group, rows }
}

/** A version that calls 1 malicious and 0 not. */
function shadow(): LearnedVersion {
  const learner = createLearner('logistic-ftrl', NAMES, 1)
  for (let i = 0; i < 400; i++) learner.learnOne(Float64Array.of(i % 2), 0, i % 2, 1)
  const facts = { features: [{ name: 'a', unit: 'ratio' }], anchorWeight: 0.3, line: 0.5, lineShare: 0.001 }
  const bytes = encodeLearned(learner, { ...facts, seed: 1, malicious: 0, benign: 0 })
  return LearnedVersion.decode(bytes, '0123456789abcdef', NAMES)
}

describe('Teacher', () => {
  it('teaches the first rows of a group, each group once a source', () => {
    const { teacher, group } = teacherOf()
    const bad = group('bad', 1)
    teacher.teach(bad, 'bad', 1, 'confirmed', 100)
    teacher.teach(bad, 'bad', 1, 'confirmed', 200)
    expect(teacher.taught).toMatchObject({ malicious: 20, benign: 0, bySource: { confirmed: 20 } })
    teacher.teach(group('good', 0), 'good', 0, 'verdict', 300)
    expect(teacher.taught).toMatchObject({ malicious: 20, benign: 4, bySource: { verdict: 4 } })
  })

  it('hears a person after a rule, and a person’s last word, but no rule after a person', () => {
    const { teacher, group } = teacherOf()
    const kept = group('mine', 1)
    teacher.teach(kept, 'mine', 0, 'verdict', 100)
    teacher.teach(kept, 'mine', 1, 'confirmed', 200)
    expect(teacher.taught.malicious).toBe(0)
    teacher.teach(kept, 'mine', 1, 'verdict', 300)
    expect(teacher.taught.malicious).toBe(20)
  })

  it('learns no more unasked than what it was told keeps in proportion', () => {
    const { teacher, group } = teacherOf()
    teacher.teach(group('quiet', 0), 'quiet', 0, 'long-lived', 100)
    expect(teacher.taught).toMatchObject({ benign: 0, refused: 1 })
    teacher.teach(group('bad', 1), 'bad', 1, 'confirmed', 100)
    for (let i = 0; i < 100; i++) teacher.teach(group(`q${i}`, 0), `q${i}`, 0, 'long-lived', 100)
    expect(teacher.taught.bySource['long-lived']).toBe(200)
    expect(teacher.taught.refused).toBe(51)
  })

  it('asks a shadow before it teaches, beside what was said when the row came', () => {
    const { teacher, group } = teacherOf()
    teacher.watch(shadow())
    teacher.teach(group('bad', 1), 'bad', 1, 'confirmed', 100)
    teacher.teach(group('good', 0, 30, true), 'good', 0, 'verdict', 100)
    expect(teacher.evidence).toEqual({ rows: 24, currentRight: 0, shadowRight: 24 })
    const later = teacherOf().teacher
    later.resume(teacher.memory(), shadow())
    expect(later.evidence).toEqual(teacher.evidence)
    expect(later.taught).toEqual(teacher.taught)
    later.resume(teacher.memory(), undefined)
    expect(later.evidence.rows).toBe(0)
  })
})

describe('RowMemory', () => {
  it('holds so many groups, and the oldest goes first', () => {
    const { rows, group } = teacherOf()
    for (let i = 0; i < 8193; i++) group(`g${i}`, 0, 1)
    expect(rows.of('g0')).toBeUndefined()
    expect(rows.of('g1')?.rows).toHaveLength(1)
    expect(rows.of('g8192')?.rows).toHaveLength(1)
  })
})
