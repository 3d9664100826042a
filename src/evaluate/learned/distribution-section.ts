import { printable } from '../../sinks/printable.ts'
import { figure } from '../../sinks/words.ts'
import { type Section, sectionOf } from '../section.ts'
import type { Distribution } from './judged.ts'

/** Shares of rows at whose values a distribution is told. */
const QUANTILES = [0.05, 0.5, 0.95]

/** Distributions in figures: both classes at the same quantiles. */
export function distributionSection(distributions: readonly Distribution[]): Section {
  const notes = [
    'Values of judged rows at 5, 50 and 95 % of either class, to the width of a bin (a 24th of the range).',
  ]
  const columns = (['benign', 'attack'] as const).flatMap((kind) =>
    QUANTILES.map((share) => ({
      title: `${kind} ${100 * share} %`,
      numeric: true,
      cell: (row: Distribution) => quantile(row.edges, row[kind], share),
    })),
  )
  return sectionOf({ name: 'distributions', title: 'Features in both classes', notes }, distributions, [
    { title: 'feature', cell: ({ feature }) => printable(feature) },
    { title: 'unit', cell: ({ unit }) => printable(unit) },
    ...columns,
  ])
}

/** Where so many of the rows are reached: the upper edge of that bin, of the first the value it begins with. */
function quantile(edges: readonly number[], shares: readonly number[], share: number): string {
  let sum = 0
  const bin = shares.findIndex((part) => {
    sum += part
    return sum >= share - 1e-9
  })
  return bin < 0 ? '-' : figure(edges[bin === 0 ? 0 : bin + 1])
}
