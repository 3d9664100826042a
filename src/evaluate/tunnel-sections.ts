import { count, NOTHING, shortFile, spread, whichSplit, words } from './cells.ts'
import { COUNTER_LINES } from './plain-counter.ts'
import { type Column, type Section, sectionOf } from './section.ts'
import type { CounterResult, TunnelResult } from './tunnel-result.ts'
import { type TunnelTotal, tunnelTotals } from './tunnel-totals.ts'

/** Totals first, then every capture. */
export function tunnelSections(results: readonly TunnelResult[], modelVersion: string): Section[] {
  return [totals(tunnelTotals(results), modelVersion), captures(results)]
}

function totals(rows: readonly TunnelTotal[], modelVersion: string): Section {
  return sectionOf(
    {
      name: 'tunnel-totals',
      title: 'Tunnels: totals',
      notes: [
        `Model ${modelVersion}. Each capture is scanned by itself. Figures are p50 / p95 / max over the captures found, up to and including the query that raised the alert. Octets are those of the information account; prefix octets are the plain count that needs no model. The counter is the bar: unique prefix octets per registered domain, alert past the line.`,
      ],
    },
    rows,
    [
      { title: 'captures', cell: (row) => row.set },
      { title: 'split', cell: (row) => whichSplit(row.split) },
      { title: 'detector', cell: (row) => row.detector },
      { title: 'found', numeric: true, cell: (row) => `${row.found}/${row.captures}` },
      { title: 'queries', numeric: true, cell: (row) => spread(row.queries) },
      { title: 'octets', numeric: true, cell: (row) => spread(row.octets) },
      { title: 'prefix octets', numeric: true, cell: (row) => spread(row.prefixOctets) },
      { title: 'false', numeric: true, cell: (row) => count(row.falseAlerts) },
    ],
  )
}

function captures(rows: readonly TunnelResult[]): Section {
  return sectionOf(
    {
      name: 'tunnels',
      title: 'Tunnels: every capture',
      notes: [
        'Of several alerts on one tunnel the slowest counts. A counter cell is queries / prefix octets when it passed its line, and how many other domains it would have named.',
      ],
    },
    rows,
    [
      { title: 'capture', cell: (row) => shortFile(row.file) },
      { title: 'split', cell: (row) => row.split },
      { title: 'family', cell: (row) => row.family },
      {
        title: 'alerts',
        cell: (row) => words([...row.alerts.map(shortSubject), ...row.outside.map((name) => `OUTSIDE ${name}`)]),
      },
      { title: 'queries', numeric: true, cell: (row) => count(row.queries) },
      { title: 'octets', numeric: true, cell: (row) => count(row.octets) },
      { title: 'prefix octets', numeric: true, cell: (row) => count(row.prefixOctets) },
      { title: 'detectors', cell: (row) => words(row.detectors) },
      ...COUNTER_LINES.map(
        (line, i): Column<TunnelResult> => ({
          title: `counter ${count(line)}`,
          numeric: true,
          cell: (row) => counterCell(row.counter[i]),
        }),
      ),
    ],
  )
}

function counterCell({ queries, octets, falseDomains }: CounterResult): string {
  const passed = queries === null ? NOTHING : `${count(queries)} / ${count(octets)}`
  return falseDomains === 0 ? passed : `${passed}, ${falseDomains} false`
}

/** Names without a registered domain can be 255 octets long. */
function shortSubject(subject: string): string {
  return subject.length <= 40 ? subject : `${subject.slice(0, 37)}...`
}
