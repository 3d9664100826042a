import { count, spread, words } from './cells.ts'
import type { EvasionEvaluation } from './evasion.ts'
import type { CaptureEvasion } from './evasion-captures.ts'
import { encodingSections } from './evasion-encoding-sections.ts'
import { misses } from './evasion-misses.ts'
import { transformTotals } from './evasion-totals.ts'
import { type Section, sectionOf } from './section.ts'

/** The report: totals a transform, what encodings and slow leaks let out, every capture, and what is missed. */
export function evasionSections(evaluation: EvasionEvaluation): Section[] {
  return [totals(evaluation), ...encodingSections(evaluation), missed(evaluation), captures(evaluation.captures)]
}

function totals(evaluation: EvasionEvaluation): Section {
  return sectionOf(
    {
      name: 'evasion-totals',
      title: 'Captures made harder to find: totals',
      notes: [
        `Model ${evaluation.modelVersion}. Each capture is one observation whose tunnel is asked in another way; what is not tunnel stays as it is. Figures are p50 / p95 / max over the captures found, up to and including the question that raised the first alert on any of the tunnel's domains. Queries and prefix octets are counted over all of its domains, account octets are those of what the alert names.`,
      ],
    },
    transformTotals(evaluation),
    [
      { title: 'transform', cell: (row) => row.transform },
      { title: 'what it does', cell: (row) => row.description },
      { title: 'found', numeric: true, cell: (row) => `${row.found}/${row.captures}` },
      { title: 'queries', numeric: true, cell: (row) => spread(row.queries) },
      { title: 'account octets', numeric: true, cell: (row) => spread(row.accountOctets) },
      { title: 'prefix octets', numeric: true, cell: (row) => spread(row.prefixOctets) },
      { title: 'fired first', cell: (row) => words(row.fired.map(([detector, times]) => `${detector} ${times}`)) },
      { title: 'other alerts', cell: (row) => words(row.outside) },
    ],
  )
}

function captures(rows: readonly CaptureEvasion[]): Section {
  return sectionOf(
    {
      name: 'evasion-captures',
      title: 'Captures made harder to find: every one',
      notes: ['Without an alert, queries and prefix octets are all there were.'],
    },
    rows,
    [
      { title: 'transform', cell: (row) => row.transform },
      { title: 'capture', cell: (row) => row.file.replace(/\.pcap\.gz$/, '') },
      { title: 'alert', cell: (row) => (row.alertMs === null ? 'NO' : 'yes') },
      { title: 'queries', numeric: true, cell: (row) => count(row.before.queries) },
      { title: 'account octets', numeric: true, cell: (row) => count(row.accountOctets) },
      { title: 'prefix octets', numeric: true, cell: (row) => count(row.before.prefixOctets) },
      { title: 'fired first', cell: (row) => words(row.detectors) },
    ],
  )
}

function missed(evaluation: EvasionEvaluation): Section {
  return sectionOf(
    {
      name: 'evasion-misses',
      title: 'Misses, and why',
      notes: [
        'What raised no alert or let out more than it should, and honest look-ups that raised one. What no part of a scan looks at is missed too and does not show by trying: the times between questions, the order of their types, options and padding where only names are logged, and what is inside an encrypted transport.',
      ],
    },
    misses(evaluation),
    [
      { title: 'what', cell: (row) => row.what },
      { title: 'how', cell: (row) => row.how },
      { title: 'why', cell: (row) => row.why },
    ],
  )
}
