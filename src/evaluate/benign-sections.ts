import type { Thresholds } from '../detect/detection-model.ts'
import { scaleWords } from '../detect/explain-detectors.ts'
import type { BenignResult } from './benign-result.ts'
import { count, NOTHING, whichSplit, words } from './cells.ts'
import { LINES, marginOf, type Near } from './nearest.ts'
import { COUNTER_LINES } from './plain-counter.ts'
import { type Column, type Section, sectionOf } from './section.ts'

/** False alarms of every origin, and how near each came. */
export function benignSections(results: readonly BenignResult[], thresholds: Thresholds): Section[] {
  return [falseAlarms(results), margins(results, thresholds)]
}

const ORIGIN: readonly Column<BenignResult>[] = [
  { title: 'traffic', cell: (row) => row.traffic },
  { title: 'origin', cell: (row) => row.origin },
  { title: 'split', cell: (row) => whichSplit(row.split) },
]

function falseAlarms(rows: readonly BenignResult[]): Section {
  return sectionOf(
    {
      name: 'benign',
      title: 'Benign traffic: false alarms',
      notes: [
        'By origin, never pooled. Judged domains are distinct registered domains with a name under them; the bound is the highest rate of false domains that these would show by chance in one of twenty tries (3 / judged where there was none). Reverse, multicast and single names are scanned too and are not among the judged. Low: domains past a line that stand as look-up services, and their form. Lab benign traffic is imitated, and the sweep is a script: neither bounds a false-alarm rate.',
      ],
    },
    rows,
    [
      ...ORIGIN,
      { title: 'captures', numeric: true, cell: (row) => count(row.captures) },
      { title: 'clients', numeric: true, cell: (row) => count(row.clients) },
      { title: 'queries', numeric: true, cell: (row) => count(row.queries) },
      { title: 'judged', numeric: true, cell: (row) => count(row.judged) },
      { title: 'alerts', cell: (row) => (row.alerts.length === 0 ? '0' : words(row.alerts)) },
      { title: 'low', cell: (row) => (row.low.length === 0 ? '0' : words(row.low)) },
      {
        title: `counter ${COUNTER_LINES.map(count).join(' / ')}`,
        numeric: true,
        cell: (row) => row.counter.join(' / '),
      },
      {
        title: 'rate at most',
        numeric: true,
        cell: (row) => (row.judged === 0 ? NOTHING : row.rateMax.toExponential(1)),
      },
    ],
  )
}

function margins(rows: readonly BenignResult[], thresholds: Thresholds): Section {
  return sectionOf(
    {
      name: 'margins',
      title: 'Benign traffic: nearest to each line',
      notes: [
        'The highest ratio to each line, who made it, and in brackets the margin: how many times higher the line is. Look-up services passed theirs and are listed above; a client group counts from as many domains as its line asks for.',
        linesSentence(thresholds),
      ],
    },
    rows.map(({ traffic, origin, split, nearest }) => ({ traffic, origin, split, nearest })),
    [
      ...(ORIGIN as readonly Column<Pick<BenignResult, 'traffic' | 'origin' | 'split' | 'nearest'>>[]),
      ...LINES.map((line) => ({
        title: line,
        cell: (row: Pick<BenignResult, 'nearest'>) => nearCell(row.nearest[line]),
      })),
    ],
  )
}

function linesSentence(thresholds: Thresholds): string {
  const scales = thresholds.accountOctets.map((line, scale) => `${count(line)} within ${scaleWords(scale)}`).join(', ')
  const { sequential, rotationDomains } = thresholds
  return `Lines: account ${scales} (octets up); downlink ${count(thresholds.downlinkOctets)} octets within 6 hours; sequential evidence ${sequential.answers} (names with answers) and ${sequential.names} (names alone); a client, within 6 hours and from ${rotationDomains} domains, ${count(thresholds.inventedOctets)} octets of invented names or ${count(thresholds.rotationOctets)} under rare domains.`
}

function nearCell(near: Near | undefined): string {
  return near ? `${near.ratio.toFixed(2)} ${near.subject} (${marginOf(near).toFixed(2)}x)` : NOTHING
}
