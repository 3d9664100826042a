import { describe, expect, it } from 'vitest'
import { plantedSet } from '../../datasets/planted-set.testing.ts'
import { tableOf } from '../../datasets/table.ts'
import type { Examples } from '../../learn/examples.ts'
import { learners } from '../../learn/learners.ts'
import { renderReport } from '../render.ts'
import { type ComparedModel, compareModels, evaluateFile } from './evaluate-learned.ts'
import { learnedSections } from './learned-sections.ts'

const train = (fit: ReturnType<(typeof learners)[number]['fit']>) => (training: Examples) => ({
  ...{ model: fit(training, 1), seed: 1 },
  thresholds: [{ name: 'fpr 0.001', value: 3, falseAlarmRate: 0.001, basis: '' }],
})
const compared = (name: string): ComparedModel => {
  const fit = learners.find((learner) => learner.name === name)!.fit()
  return { name, fit, train: train(fit) }
}
const dataOf = (set: ReturnType<typeof plantedSet>) => ({
  ...{ set, table: tableOf(set, { arm: 'answers', texts: false }), seed: 1, onProgress: () => {} },
})

describe('models compared', () => {
  const set = plantedSet({ rows: 2000 })
  const found = compareModels([compared('logistic'), compared('boosting')], dataOf(set), ['rows', 'groups'])

  it('are judged on the same rows, by either split', () => {
    const ons = ['split by rows', 'split by groups']
    expect(found.judged.map(({ name, on }) => [name, on])).toEqual(
      ons.flatMap((on) => ['logistic', 'boosting'].map((name) => [name, on])),
    )
    for (const on of ons) {
      const rows = found.judged.filter((one) => one.on === on).map(({ report }) => report.rows)
      expect(new Set(rows).size).toBe(1)
      expect(found.baselines.some((rule) => rule.on === on && rule.name.startsWith('one rule: told > '))).toBe(true)
    }
    expect(found.judged[0].report.rows).toBe(600)
    for (const { report, importance } of found.judged) {
      expect(report.rocAuc).toBeGreaterThan(0.9)
      expect(importance[0].feature).toBe('told')
    }
  })

  it('are audited by either split: rows dealt out singly tear groups, and the page says so', () => {
    expect(found.audits.map(({ passed }) => passed)).toEqual([true, true, false, true, true, true, true, true])
    const page = renderReport(learnedSections(found), 'markdown')
    expect(page).toContain('LOOK HERE')
    expect(page).not.toMatch(/NaN|undefined|\[object/)
  })

  it('are told in objects with every figure', () => {
    const objects = renderReport(learnedSections(found), 'ndjson')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(objects.filter(({ section }) => section === 'models')).toHaveLength(4)
  })

  it('know nothing where there is nothing to know', () => {
    const none = compareModels([compared('logistic')], dataOf(plantedSet({ rows: 2000, strength: 0 })), ['groups'])
    expect(none.judged[0].report.rocAucBounds.lower).toBeLessThan(0.5)
    expect(none.judged[0].report.rocAucBounds.upper).toBeGreaterThan(0.5)
  })
})

describe('a model of a file', () => {
  const split = (group: number) => (group % 4 === 0 ? 'dev' : 'train')
  const filed = (name: string, trainedHere = true) => {
    const { fit, train } = compared(name)
    const data = dataOf(plantedSet({ rows: 1200, split }))
    return { ...{ name, fit, train, trainedHere, facts: [] }, file: train(plantedExamples(data.table)) }
  }
  const plantedExamples = (table: ReturnType<typeof tableOf>): Examples => ({
    ...{ matrix: table.matrix, y: Float64Array.from(table.y), groups: new Float64Array(table.y.length) },
  })

  it('is judged on held-out rows, none of which has a group or copy among those that train', () => {
    const set = plantedSet({ rows: 1200, split })
    const found = evaluateFile(filed('logistic'), dataOf(set), ['tool'])
    expect(found.judged[0]).toMatchObject({ on: 'held out: dev', report: { rows: 300 } })
    expect(found.leftOut.map(({ leftOut }) => leftOut)).toEqual(['dnscat2', 'iodine'])
    expect(found.audits.map(({ passed }) => passed)).toEqual([true, true, true, true])
    const copied = { ...set, matrix: { ...set.matrix, values: set.matrix.values.slice() } }
    // The first group is held out, and its first row now is one of the second's, which trains.
    copied.matrix.values.copyWithin(0, 10, 12)
    expect(evaluateFile(filed('logistic'), dataOf(copied), []).judged[0].report.rows).toBe(295)
  })

  it('is judged on files that hold no training rows, and the audit says that others trained it', () => {
    const found = evaluateFile(filed('logistic', false), dataOf(plantedSet({ rows: 300, split: () => 'dev' })), [
      ...(['tool', 'network'] as const),
    ])
    expect([found.judged[0].report.rows, found.leftOut]).toEqual([300, []])
    expect(found.audits.at(-1)).toMatchObject({ passed: false, answer: expect.stringContaining('no: make sure') })
    expect(found.baselines.map(({ name }) => name)).toEqual(['lookup ceiling of these rows'])
  })

  it('is refused in one sentence where nothing is held out', () => {
    expect(() => evaluateFile(filed('logistic'), dataOf(plantedSet()), [])).toThrow(
      expect.objectContaining({
        name: 'SplitError',
        message: expect.stringContaining('Of 0 rows held out 0 are attack'),
      }),
    )
  })
})

it('models cannot be compared where a split holds out one class only: one sentence says what else to do', () => {
  const set = plantedSet({ rows: 400 })
  const y = set.y.map((_, row) => (row < 5 ? 1 : 0))
  const other = Array.from({ length: 20 }, (_, seed) => () => {
    compareModels([compared('logistic')], { ...dataOf({ ...set, y }), seed }, ['groups'])
  })
  const refused = other.filter((compare) => {
    try {
      compare()
      return false
    } catch (error) {
      expect(error).toMatchObject({ name: 'SplitError', message: expect.stringContaining('take another --seed') })
      return true
    }
  })
  // One group of attack rows falls to the judged part in three of ten seeds.
  expect(refused.length).toBeGreaterThan(7)
})
