import type { ColumnReport } from '../datasets/inspect/column-report.ts'
import type { GroupSize, GroupSizes } from '../datasets/inspect/group-sizes.ts'
import type { Inspection } from '../datasets/inspect/inspection.ts'
import type { RuleResult } from '../datasets/inspect/rule-result.ts'
import { type Column, type Section, sectionOf } from '../evaluate/section.ts'
import { printable } from '../sinks/printable.ts'

const KINDS = {
  legacy: "the originals' features",
  names: 'names',
  queries: 'novel exchanges',
  packets: 'packets as counts of octets',
  sequences: 'packets as their first octets',
  flows: 'flows',
  letters: 'talks of a client with a domain, as letters',
} as const

/** Ways rows are grouped; one that holds a single group says nothing. */
const GROUPINGS = ['groups', 'tools', 'networks', 'splits'] as const

/** An inspection as tables, warnings first. */
export function inspectionSections(found: Inspection): Section[] {
  const title = KINDS[found.kind]
  return [
    sectionOf(
      { name: 'warnings', title, notes: found.warnings.map((warning) => `WARNING: ${printable(warning)}`) },
      [],
      [],
    ),
    countsSection(found),
    rulesSection(found),
    columnsSection('features', 'each feature by itself', found.features),
    columnsSection('leaks', 'columns that must say nothing', found.leaks),
    ...GROUPINGS.filter((name) => found[name].groups > 1).map((name) => groupsSection(name, found[name])),
  ]
}

function countsSection(found: Inspection): Section {
  const { rows, ceiling } = found
  const share = (count: number) => `${((100 * count) / rows).toFixed(1)} %`
  const counted = (what: string, count: number) => ({ what, count, share: share(count) })
  const lines = [
    counted('rows', rows),
    counted('attack', found.attackRows),
    counted('benign', found.benignRows),
    counted('same as an earlier row, time included', found.duplicates),
    counted('same as an earlier row, whatever the time', found.duplicatesIgnoringTime),
    counted('conflicting: features occur with both labels', ceiling.conflictingRows),
    counted('features occur once', ceiling.uniqueRows),
    ...Object.entries(found.malformed).map(([reason, count]) => ({ what: `left out: ${reason}`, count, share: '' })),
  ]
  return sectionOf({ name: 'counts', title: 'rows', notes: [] }, lines, [
    { title: 'what', cell: ({ what }) => printable(what) },
    { title: 'count', numeric: true, cell: ({ count }) => String(count) },
    { title: 'share', numeric: true, cell: (line) => line.share },
  ])
}

function rulesSection({ ceiling, ceilingOfNumbers, baselines }: Inspection): Section {
  const { benignKeys, attackKeys, bothKeys } = ceiling
  const lookups = ceiling.key === ceilingOfNumbers.key ? [ceiling] : [ceilingOfNumbers, ceiling]
  return sectionOf(
    {
      name: 'rules',
      title: 'what rules reach without learning',
      notes: [
        'A lookup answers each distinct row of features by its most frequent label, counted on these very rows: the',
        `ceiling of any model of these features here. Distinct: ${benignKeys} of benign rows only, ${attackKeys} of attack only, ${bothKeys} of both.`,
      ],
    },
    [...baselines, ...lookups.map(({ result }) => result)],
    ruleColumns(({ rule }) => rule),
  )
}

function ruleColumns<T extends RuleResult>(rule: (row: T) => string): Column<T>[] {
  const rate = (title: string, read: (row: T) => number): Column<T> => ({
    title,
    numeric: true,
    cell: (row) => decimals(read(row)),
  })
  return [
    { title: 'rule', cell: rule },
    rate('accuracy', (row) => row.accuracy),
    rate('precision', (row) => row.precision),
    rate('recall', (row) => row.recall),
    rate('F1', (row) => row.f1),
    rate('false alarms', (row) => row.falsePositiveRate),
  ]
}

function columnsSection(name: string, title: string, columns: readonly ColumnReport[]): Section {
  return sectionOf({ name, title, notes: [] }, columns, [
    { title: 'column', cell: (column) => column.name },
    { title: 'unit', cell: (column) => column.unit },
    { title: 'AUC', numeric: true, cell: ({ auc }) => decimals(auc) },
    { title: 'best threshold', cell: ({ best }) => best.rule },
    { title: 'accuracy', numeric: true, cell: ({ best }) => decimals(best.accuracy) },
    { title: 'missing', numeric: true, cell: ({ missing }) => String(missing) },
    { title: 'constant', cell: ({ constant }) => (constant ? 'yes' : '') },
  ])
}

function groupsSection(name: string, { groups, largest, mixed }: GroupSizes): Section {
  const notes = [`${groups} ${name}, ${mixed} of them with rows of both classes; the largest:`]
  return sectionOf<GroupSize>({ name, title: name, notes }, largest, [
    { title: 'name', cell: (group) => printable(group.name) },
    { title: 'rows', numeric: true, cell: ({ rows }) => String(rows) },
    { title: 'attack', numeric: true, cell: ({ attackRows }) => String(attackRows) },
  ])
}

function decimals(value: number): string {
  return Number.isNaN(value) ? '-' : value.toFixed(4)
}
