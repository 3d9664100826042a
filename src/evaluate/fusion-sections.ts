import { count } from './cells.ts'
import type { FusionResult } from './evaluate-fusion.ts'
import { type Section, sectionOf } from './section.ts'

/** Every detector by itself and fused, a row a tool. */
export function fusionSections(results: readonly FusionResult[]): Section[] {
  const [first] = results
  const aucs = (kind: 'alone' | 'fused') =>
    Object.keys(first?.[kind] ?? {}).map((name) => ({
      title: name,
      numeric: true,
      cell: (row: FusionResult) => row[kind][name].toFixed(4),
    }))
  return [
    sectionOf(
      {
        name: 'fusion',
        title: 'Detectors alone and fused',
        notes: [
          'Area under the ROC curve over registered domains that earned a state: those of tunnels against the benign ones of dev rows, read when the capture has ended. In the first row the tunnels are those of dev captures; in the others all of a tool, judged by models and weights that nothing of the tool trained. Tunnels without a domain are judged by client, and are not here. The fused score never takes away: every weight is zero or more.',
        ],
      },
      results,
      [
        { title: 'tunnels of', cell: (row) => row.leftOut ?? 'dev captures' },
        { title: 'model', cell: (row) => row.model },
        { title: 'tunnel domains', numeric: true, cell: (row) => count(row.attackDomains) },
        { title: 'benign domains', numeric: true, cell: (row) => count(row.benignDomains) },
        ...aucs('alone'),
        ...aucs('fused'),
      ],
    ),
  ]
}
