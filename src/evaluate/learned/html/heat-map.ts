import { html, type Markup } from '../../../sinks/html/markup.ts'
import { wideTable } from '../../../sinks/html/wide-table.ts'
import type { LearnedEvaluation } from '../judged.ts'
import { ofWords, shareWords } from './share-words.ts'

/** Deepest share of colour in a cell: text on it keeps 4.5:1. */
export const HEAT_MAX = 0.45

interface HeatColumn {
  readonly title: string
  readonly note: string
  /** Attack rows and those found, by tool. */
  readonly cells: ReadonlyMap<string, { readonly found: number; readonly attackRows: number }>
}

/** Every tool against every model: the share found at the line, beside the same plan that never saw the tool. */
export function heatMap(evaluation: LearnedEvaluation): Markup | null {
  const columns = columnsOf(evaluation)
  const tools = [...new Set(columns.flatMap(({ cells }) => [...cells.keys()]))].sort()
  if (tools.length === 0) return null
  const head = html`<th scope="col">Tool</th>${columns.map(
    ({ title, note }) => html`<th scope="col" class="number"><bdi>${title}</bdi><br>${note}</th>`,
  )}`
  const rows = tools.map(
    (tool) => html`<tr><th scope="row">${tool}</th>${columns.map(({ cells }) => cellOf(cells.get(tool)))}</tr>`,
  )
  return html`<section><h2>Found, by tool and model</h2>
<p class="soft">Share of a tool’s rows found at the line drawn at one false alarm in a thousand; the deeper the colour, the more.</p>
${wideTable('Tools and models', head, rows, 'heat')}</section>`
}

function columnsOf({ judged, leftOut }: LearnedEvaluation): HeatColumn[] {
  const seen = judged.map(({ name, on, tools }) => ({
    title: name,
    note: on,
    cells: new Map(tools.filter(({ attackRows }) => attackRows > 0).map((tool) => [tool.name, tool])),
  }))
  const without = leftOut.filter(({ what, attackRows }) => what === 'tool' && attackRows > 0)
  if (without.length === 0) return seen
  const cells = new Map(without.map((row) => [row.leftOut, row]))
  return [...seen, { title: 'trained without the tool', note: 'all its rows', cells }]
}

function cellOf(cell: { found: number; attackRows: number } | undefined): Markup {
  if (cell === undefined) return html`<td class="number soft">no rows</td>`
  const share = cell.found / cell.attackRows
  return html`<td class="number" style="--heat:${Math.round(100 * HEAT_MAX * share)}%"><b>${shareWords(share)}</b><br>${ofWords(cell.found, cell.attackRows)}</td>`
}
