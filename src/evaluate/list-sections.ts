import { count, NOTHING, shortFile, words } from './cells.ts'
import type { ListResult } from './list-result.ts'
import { COUNTER_LINES } from './plain-counter.ts'
import { type Section, sectionOf } from './section.ts'

/** Lists of names. */
export function listSections(results: readonly ListResult[]): Section[] {
  return [
    sectionOf(
      {
        name: 'lists',
        title: 'Lists of names',
        notes: [
          'No time and no client, so volume cannot be judged: severity is medium at most and confidence low. A list that trained is shown again with the fifth of its domains that did not.',
        ],
      },
      results,
      [
        { title: 'list', cell: (row) => shortFile(row.file) },
        { title: 'split', cell: (row) => row.split },
        { title: 'part', cell: (row) => row.part },
        { title: 'domains', numeric: true, cell: (row) => count(row.domains) },
        { title: 'judged', numeric: true, cell: (row) => count(row.judged) },
        { title: 'tunnels found', cell: (row) => words([...row.found, ...row.missed.map((name) => `MISSED ${name}`)]) },
        { title: 'false', numeric: true, cell: (row) => count(row.falseDomains.length) },
        { title: 'highest', cell: (row) => row.severityMax ?? NOTHING },
        {
          title: `counter ${COUNTER_LINES.map(count).join(' / ')}`,
          numeric: true,
          cell: (row) => row.counter.map(count).join(' / '),
        },
        { title: 'false domains', cell: (row) => words(row.falseDomains) },
      ],
    ),
  ]
}
