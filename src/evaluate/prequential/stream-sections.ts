import { confusionRates } from '../../metrics/confusion.ts'
import { printable } from '../../sinks/printable.ts'
import { type Column, type Section, sectionOf } from '../section.ts'
import type { ArmTotal, PrequentialResult, StreamEvaluation } from './result.ts'

const NONE = '-'
const rate = (value: number) => (Number.isNaN(value) ? NONE : value.toFixed(4))
const whole = (value: number) => value.toLocaleString('en-US')

/** Columns of the table that shows how figures move: a terminal has room for no more. */
const STRETCHES = 10

/** Test-then-train as tables: what was run, every arm on the whole stream, how it moved, and where drifts were found. */
export function streamSections(evaluation: StreamEvaluation): Section[] {
  const { result, limit } = evaluation
  return [factsSection(evaluation), armsSection(result, limit), stretchSection(result), driftSection(result)].filter(
    ({ rows }) => rows.length > 0,
  )
}

function factsSection({ title, facts, result }: StreamEvaluation): Section {
  const all = [
    ...facts,
    ['rows judged', whole(result.rows)],
    ['attack rows', whole(result.positives)],
    ['windows', whole(result.windows.length)],
  ]
  return sectionOf(
    { name: 'stream', title, notes: [] },
    all.map(([what, value]) => ({ what, value })),
    [
      { title: 'what', cell: ({ what }) => printable(what) },
      { title: 'value', cell: ({ value }) => printable(value) },
    ],
  )
}

const figure = (title: string, of: (arm: ArmTotal) => number): Column<ArmTotal> => ({
  ...{ title, numeric: true },
  cell: (arm) => rate(of(arm)),
})

function armsSection({ arms }: PrequentialResult, limit: number): Section {
  return sectionOf(
    {
      name: 'arms',
      title: 'Every arm on the whole stream',
      notes: [
        `Each row was scored before any label of it could be heard. The first figures are at the line each arm held at the row. Recall at ${limit} is what could be found at that false-alarm rate, each window by a line picked on it: a bound on ranking, not a promise. Accuracy is worth what it has over the arms no change and majority; kappa-t counts from no change, so below 0 means that repeating the last label does better.`,
      ],
    },
    arms,
    [
      { title: 'arm', cell: ({ name }) => printable(name) },
      { title: 'labels', cell: labelWords },
      figure('balanced', ({ figures }) => figures.balancedAccuracy),
      figure('mean of windows', (arm) => arm.meanWindowBalancedAccuracy),
      figure('recall', ({ figures }) => figures.recall),
      figure('FPR', ({ figures }) => figures.falsePositiveRate),
      figure(`recall at ${limit}`, (arm) => arm.recallAtLimit),
      figure('precision', ({ figures }) => figures.precision),
      figure('F1', ({ figures }) => figures.f1),
      figure('kappa', ({ figures }) => figures.kappa),
      figure('kappa-t', ({ figures }) => figures.kappaTemporal),
      figure('accuracy', ({ figures }) => figures.accuracy),
      { title: 'drifts', numeric: true, cell: ({ drifts }) => whole(drifts) },
    ],
  )
}

function labelWords({ regime, asked, labels }: ArmTotal): string {
  if (regime === 'none') return 'none'
  return regime === 'at-once' ? 'every one, at once' : `${whole(labels)} in, ${whole(asked)} asked`
}

/** A tenth of the stream and one arm. */
interface Stretch {
  readonly arm: string
  readonly stretches: readonly number[]
}

/** Balanced accuracy by tenths of the stream: a curve for who reads without pictures. */
function stretchSection({ arms, windows }: PrequentialResult): Section {
  const count = Math.min(STRETCHES, windows.length)
  const bounds = Array.from({ length: count + 1 }, (_, i) => Math.round((i * windows.length) / count))
  const rows = arms.map(
    ({ name }, arm): Stretch => ({
      arm: name,
      stretches: Array.from({ length: count }, (_, i) => {
        const figures = windows.slice(bounds[i], bounds[i + 1]).map((window) => window.arms[arm].window)
        const sum = (key: 'truePositives' | 'falsePositives' | 'trueNegatives' | 'falseNegatives') =>
          figures.reduce((total, one) => total + one[key], 0)
        const counts = {
          ...{ truePositives: sum('truePositives'), falsePositives: sum('falsePositives') },
          ...{ trueNegatives: sum('trueNegatives'), falseNegatives: sum('falseNegatives') },
        }
        return confusionRates(counts).balancedAccuracy
      }),
    }),
  )
  return sectionOf(
    {
      name: 'stretches',
      title: 'Balanced accuracy along the stream',
      notes: ['Windows taken together, by the first row of each stretch. A stretch of one class has none.'],
    },
    windows.length > 1 ? rows : [],
    [
      { title: 'arm', cell: ({ arm }) => printable(arm) },
      ...Array.from({ length: count }, (_, i) => ({
        title: whole(windows[bounds[i]].firstRow),
        numeric: true,
        cell: ({ stretches }: Stretch) => rate(stretches[i]),
      })),
    ],
  )
}

/** Marks of an arm that are listed; the rest is in the CSV and the report. */
const DRIFTS_MAX = 8

function driftSection({ arms, windows }: PrequentialResult): Section {
  const rows = arms
    .map(({ name, drifts }, arm) => ({ arm: name, drifts, rows: windows.flatMap((window) => window.arms[arm].drifts) }))
    .filter(({ drifts }) => drifts > 0)
  return sectionOf({ name: 'drifts', title: 'Where drifts were found, or models made anew', notes: [] }, rows, [
    { title: 'arm', cell: ({ arm }) => printable(arm) },
    { title: 'drifts', numeric: true, cell: ({ drifts }) => whole(drifts) },
    { title: 'at rows', cell: (row) => rowWords(row.rows) },
  ])
}

function rowWords(rows: readonly number[]): string {
  const listed = rows.slice(0, DRIFTS_MAX).map(whole).join('; ')
  return rows.length > DRIFTS_MAX ? `${listed}; ...` : listed
}
