import { count, NOTHING, shortFile, spread, words } from './cells.ts'
import type { LeftOut } from './leave-out.ts'
import type { OwnRecall } from './own-recall.ts'
import { type Section, sectionOf } from './section.ts'

/** Tools the model never saw. */
export function leaveOutSections(results: readonly LeftOut[]): Section[] {
  return [
    sectionOf(
      {
        name: 'leave-one-tool-out',
        title: 'Leave one tool out',
        notes: [
          'The query model and the fusion are trained again without all captures of a tool, then scan all captures of that tool, train and dev. Lines and rules stay as they are, and were chosen with every tool in view. A tool that nothing was trained on is judged by the model as shipped. Figures are p50 / p95 / max; false alerts are those of natural benign traffic and the sweep. L1 is what each arm of the query model finds by itself, query by query: new exchanges past the line that one in a thousand of the new exchanges of that benign traffic passes, the line picked on these very rows.',
        ],
      },
      results,
      [
        { title: 'tool', cell: (row) => row.tool },
        { title: 'model', cell: (row) => row.model },
        { title: 'left out', numeric: true, cell: (row) => (row.trained === 0 ? 'never trained' : count(row.trained)) },
        { title: 'found', numeric: true, cell: (row) => `${row.found}/${row.captures}` },
        { title: 'queries', numeric: true, cell: (row) => spread(row.queries) },
        { title: 'octets', numeric: true, cell: (row) => spread(row.octets) },
        { title: 'prefix octets', numeric: true, cell: (row) => spread(row.prefixOctets) },
        { title: 'L1 names', numeric: true, cell: (row) => shareOf(row.queryModel.names) },
        { title: 'L1 answers', numeric: true, cell: (row) => shareOf(row.queryModel.answers) },
        { title: 'slowest', cell: (row) => shortFile(row.slowest) },
        { title: 'other alerts', cell: (row) => words(row.outside) },
        { title: 'false alerts', cell: (row) => words(row.falseDomains) },
      ],
    ),
  ]
}

function shareOf({ exchanges, found }: OwnRecall): string {
  return exchanges === 0 ? NOTHING : `${count(found)}/${count(exchanges)} = ${(found / exchanges).toFixed(3)}`
}
