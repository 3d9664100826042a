import { printable } from '../../sinks/printable.ts'
import { type Column, type Section, sectionOf } from '../section.ts'
import { distributionSection } from './distribution-section.ts'
import type { BaselineResult, GroupResult, Judged, LearnedEvaluation, LeftOutResult } from './judged.ts'

const NONE = '-'
const rate = (value: number) => (Number.isNaN(value) ? NONE : value.toFixed(4))
const small = (value: number) => (Number.isNaN(value) ? NONE : value === 0 ? '0' : value.toPrecision(2))
const whole = (value: number) => value.toLocaleString('en-US')
const of = (part: number, all: number) => (all === 0 ? NONE : `${whole(part)}/${whole(all)}`)

/** The evaluation as tables, in the order a reader asks: how well, against what bar, on whom not, and may I believe it. */
export function learnedSections(evaluation: LearnedEvaluation): Section[] {
  const { judged } = evaluation
  return [
    factsSection(evaluation),
    modelsSection(judged),
    limitsSection(judged),
    confusionSection(judged),
    baselineSection(evaluation.baselines),
    ...judged.flatMap((one) => [groupSection('tool', one, one.tools), groupSection('network', one, one.networks)]),
    ...(['tool', 'network'] as const).map((what) => leftOutSection(what, evaluation.leftOut)),
    ...judged.flatMap((one) => [calibrationSection(one), importanceSection(one)]),
    distributionSection(evaluation.distributions),
    auditSection(evaluation),
  ].filter((section) => section.rows.length > 0)
}

function factsSection({ title, facts }: LearnedEvaluation): Section {
  const rows = facts.map(([what, value]) => ({ what, value }))
  return sectionOf({ name: 'evaluation', title, notes: [] }, rows, [
    { title: 'what', cell: ({ what }) => printable(what) },
    { title: 'value', cell: ({ value }) => printable(value) },
  ])
}

const who: readonly Column<Judged>[] = [
  { title: 'model', cell: ({ name }) => printable(name) },
  { title: 'rows', cell: ({ on }) => on },
]

function modelsSection(judged: readonly Judged[]): Section {
  return sectionOf(
    {
      name: 'models',
      title: 'Ranking and even odds',
      notes: [
        'Areas with 95 % bounds by DeLong, which take rows as independent: queries of one tunnel are not. The other columns are at even odds by the training prior. Accuracy stands beside what the commoner class alone would get.',
      ],
    },
    judged,
    [
      ...who,
      { title: 'ROC-AUC', numeric: true, cell: ({ report }) => rate(report.rocAuc) },
      { title: 'from', numeric: true, cell: ({ report }) => rate(report.rocAucBounds.lower) },
      { title: 'to', numeric: true, cell: ({ report }) => rate(report.rocAucBounds.upper) },
      { title: 'PR-AUC', numeric: true, cell: ({ report }) => rate(report.prAuc) },
      { title: 'precision', numeric: true, cell: ({ evenOdds }) => rate(evenOdds.precision) },
      { title: 'recall', numeric: true, cell: ({ evenOdds }) => rate(evenOdds.recall) },
      { title: 'F1', numeric: true, cell: ({ evenOdds }) => rate(evenOdds.f1) },
      { title: 'FPR', numeric: true, cell: ({ evenOdds }) => rate(evenOdds.falsePositiveRate) },
      { title: 'accuracy', numeric: true, cell: ({ evenOdds }) => rate(evenOdds.accuracy) },
      { title: 'majority', numeric: true, cell: ({ evenOdds }) => rate(evenOdds.majorityAccuracy) },
    ],
  )
}

function limitsSection(judged: readonly Judged[]): Section {
  const rows = judged.flatMap(({ name, on, report }) => report.atLimits.map((limit) => ({ name, on, ...limit })))
  return sectionOf(
    {
      name: 'limits',
      title: 'Recall within a false-alarm limit',
      notes: [
        'The line of each limit is picked on these very rows: a bound on what is possible, not a promise. Bounds are 95 %, Clopper and Pearson. `no` where there are too few benign rows to tell.',
      ],
    },
    rows,
    [
      { title: 'model', cell: ({ name }) => printable(name) },
      { title: 'rows', cell: ({ on }) => on },
      { title: 'limit', numeric: true, cell: ({ limit }) => String(limit) },
      { title: 'found', numeric: true, cell: (row) => of(row.truePositives, row.positives) },
      { title: 'recall', numeric: true, cell: ({ recall }) => rate(recall) },
      { title: 'from', numeric: true, cell: ({ recallBounds }) => rate(recallBounds.lower) },
      { title: 'to', numeric: true, cell: ({ recallBounds }) => rate(recallBounds.upper) },
      { title: 'false alarms', numeric: true, cell: (row) => of(row.falsePositives, row.negatives) },
      { title: 'FPR up to', numeric: true, cell: ({ falsePositiveBounds }) => small(falsePositiveBounds.upper) },
      { title: 'can tell', cell: ({ canTell }) => (canTell ? 'yes' : 'no') },
    ],
  )
}

function confusionSection(judged: readonly Judged[]): Section {
  const rows = judged.flatMap(({ name, on, report, evenOdds }) => [
    { name, on, line: 'even odds', ...evenOdds },
    { name, on, line: 'drawn at 1 in 1,000', ...report.confusion, ...report },
  ])
  return sectionOf({ name: 'confusion', title: 'Confusion matrices', notes: [] }, rows, [
    { title: 'model', cell: ({ name }) => printable(name) },
    { title: 'rows', cell: ({ on }) => on },
    { title: 'line', cell: ({ line }) => line },
    { title: 'true positives', numeric: true, cell: ({ truePositives }) => whole(truePositives) },
    { title: 'false positives', numeric: true, cell: ({ falsePositives }) => whole(falsePositives) },
    { title: 'false negatives', numeric: true, cell: ({ falseNegatives }) => whole(falseNegatives) },
    { title: 'true negatives', numeric: true, cell: ({ trueNegatives }) => whole(trueNegatives) },
    { title: 'precision', numeric: true, cell: ({ precision }) => rate(precision) },
    { title: 'recall', numeric: true, cell: ({ recall }) => rate(recall) },
    { title: 'FPR', numeric: true, cell: ({ falsePositiveRate }) => small(falsePositiveRate) },
  ])
}

function baselineSection(rows: readonly BaselineResult[]): Section {
  return sectionOf(
    {
      name: 'baselines',
      title: 'The bar on the same rows',
      notes: ['The ceiling is counted on the rows it is told for.'],
    },
    rows,
    [
      { title: 'rule', cell: ({ name }) => printable(name) },
      { title: 'rows', cell: ({ on }) => on },
      { title: 'accuracy', numeric: true, cell: ({ accuracy }) => rate(accuracy) },
      { title: 'precision', numeric: true, cell: ({ precision }) => rate(precision) },
      { title: 'recall', numeric: true, cell: ({ recall }) => rate(recall) },
      { title: 'F1', numeric: true, cell: ({ f1 }) => rate(f1) },
      { title: 'FPR', numeric: true, cell: ({ falsePositiveRate }) => rate(falsePositiveRate) },
    ],
  )
}

function groupSection(what: 'tool' | 'network', { name, on }: Judged, all: readonly GroupResult[]): Section {
  // One network, or one tool beside benign rows, would say again what the totals say.
  const rows = all.length > (what === 'tool' ? 2 : 1) ? all : []
  const title = `By ${what}: ${printable(name)}, ${on}`
  return sectionOf(
    { name: `by-${what}`, title, notes: ['At the line drawn at one false alarm in a thousand.'] },
    rows,
    [
      { title: what, cell: (row) => printable(row.name) },
      { title: 'found', numeric: true, cell: (row) => of(row.found, row.attackRows) },
      { title: 'false alarms', numeric: true, cell: (row) => of(row.falseAlarms, row.benignRows) },
      { title: 'FPR up to', numeric: true, cell: (row) => (row.benignRows === 0 ? NONE : small(row.rateMax)) },
      ...(what === 'tool'
        ? [
            {
              title: 'ROC-AUC',
              numeric: true,
              cell: ({ rocAuc }: GroupResult) => (rocAuc === undefined ? NONE : rate(rocAuc)),
            },
          ]
        : []),
    ],
  )
}

function leftOutSection(what: LeftOutResult['what'], all: readonly LeftOutResult[]): Section {
  const notes = [
    `The same plan trained without the ${what}, its line drawn anew, judged on the rows left out.${what === 'tool' ? ' False alarms are on the benign rows held out.' : ''}`,
  ]
  const rows = all.filter((row) => row.what === what)
  return sectionOf({ name: `leave-one-${what}-out`, title: `Leave one ${what} out`, notes }, rows, [
    { title: 'left out', cell: ({ leftOut }) => printable(leftOut) },
    { title: 'rows that trained', numeric: true, cell: ({ trainRows }) => whole(trainRows) },
    { title: 'found', numeric: true, cell: (row) => of(row.found, row.attackRows) },
    { title: 'false alarms', numeric: true, cell: (row) => of(row.falseAlarms, row.benignRows) },
    { title: 'FPR up to', numeric: true, cell: (row) => (row.benignRows === 0 ? NONE : small(row.rateMax)) },
    { title: 'ROC-AUC', numeric: true, cell: ({ rocAuc }) => (rocAuc === null ? NONE : rate(rocAuc)) },
  ])
}

function calibrationSection({ name, on, report }: Judged): Section {
  const calibration = report.probability?.calibration
  const title = `Calibration: ${printable(name)}, ${on}`
  const notes = [
    `Brier score ${rate(report.probability?.brier ?? Number.NaN)}, log loss ${rate(report.probability?.logLoss ?? Number.NaN)}, expected calibration error ${rate(calibration?.expectedError ?? Number.NaN)}.`,
  ]
  const bins = calibration?.bins.filter(({ rows }) => rows > 0) ?? []
  return sectionOf({ name: 'calibration', title, notes }, bins, [
    { title: 'said', numeric: true, cell: ({ said }) => rate(said) },
    { title: 'was', numeric: true, cell: ({ came }) => rate(came) },
    { title: 'rows', numeric: true, cell: ({ rows }) => whole(rows) },
  ])
}

function importanceSection({ name, on, importance }: Judged): Section {
  const title = `Permutation importance: ${printable(name)}, ${on}`
  return sectionOf(
    { name: 'importance', title, notes: ['What ROC-AUC loses when a column is shuffled.'] },
    importance,
    [
      { title: 'feature', cell: ({ feature }) => printable(feature) },
      { title: 'loss', numeric: true, cell: ({ loss }) => rate(loss) },
      { title: '+-', numeric: true, cell: ({ deviation }) => small(deviation) },
    ],
  )
}

function auditSection({ audits }: LearnedEvaluation): Section {
  return sectionOf({ name: 'audits', title: 'Leak audits', notes: [] }, audits, [
    { title: 'question', cell: ({ question }) => question },
    { title: 'answer', cell: ({ answer }) => printable(answer) },
    { title: '', cell: ({ passed }) => (passed ? 'passed' : 'LOOK HERE') },
  ])
}
