import { expect, it } from 'vitest'
import { plantedSet } from '../../datasets/planted-set.testing.ts'
import { examplesOf, tableOf } from '../../datasets/table.ts'
import { learners } from '../../learn/learners.ts'
import { groupResults, judge, lineOf } from './judge.ts'

const table = tableOf(plantedSet({ rows: 1000 }), { arm: 'answers', texts: false })
const examples = examplesOf(table)
const model = learners[0].fit()(examples, 1)
const thresholds = [
  { name: 'fpr 0.01', value: 1, falseAlarmRate: 0.01, basis: '' },
  { name: 'fpr 0.001', value: 2.5, falseAlarmRate: 0.001, basis: '' },
]

it('the line is the one drawn at one in a thousand; even odds where a file has none', () => {
  expect([lineOf({ thresholds }), lineOf({ thresholds: [] })]).toEqual([2.5, 0])
})

it('figures are those of the judged rows at the file’s line, and sum up over tools and networks', () => {
  const rows = Int32Array.from({ length: 400 }, (_, i) => 2 * i)
  const found = judge('m', 'some', { model, thresholds, seed: 1 }, table, examples, rows)
  const margins = Array.from(rows, (row) => model.scoreOne(examples.matrix.values, 2 * row))
  const attack = Array.from(rows, (row) => table.y[row] === 1)
  const hits = (line: number, of: boolean) => margins.filter((margin, i) => margin >= line && attack[i] === of).length
  expect(found.report.confusion).toMatchObject({ truePositives: hits(2.5, true), falsePositives: hits(2.5, false) })
  expect(found.evenOdds).toMatchObject({ truePositives: hits(0, true), falsePositives: hits(0, false) })
  for (const groups of [found.tools, found.networks]) {
    const sum = (read: (group: (typeof groups)[number]) => number) =>
      groups.reduce((all, group) => all + read(group), 0)
    expect(sum(({ attackRows, benignRows }) => attackRows + benignRows)).toBe(400)
    expect([sum(({ found: hit }) => hit), sum(({ falseAlarms }) => falseAlarms)]).toEqual([
      hits(2.5, true),
      hits(2.5, false),
    ])
  }
  expect(found.tools.map(({ name }) => name)).toEqual(['benign', 'dnscat2', 'iodine'])
  const { roc } = found
  expect([roc[0], roc.at(-1)]).toEqual([
    { x: 0, y: 0 },
    { x: 1, y: 1 },
  ])
  expect(roc.length).toBeLessThanOrEqual(202)
  expect(judge('m', 'some', { model, thresholds, seed: 1 }, table, examples, rows)).toEqual(found)
})

it('a group without benign rows has no bound on its false alarms but 1', () => {
  const [a, b] = groupResults(['b', 'a', 'a'], [1, 0, 0], (row) => row === 2)
  expect(a).toMatchObject({ name: 'a', attackRows: 0, benignRows: 2, falseAlarms: 1 })
  expect(b).toMatchObject({ name: 'b', found: 0, attackRows: 1, rateMax: 1 })
})
