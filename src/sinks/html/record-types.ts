import type { Incident } from '../../detect/incident.ts'
import { countWords, figure } from '../words.ts'
import { html, type Markup } from './markup.ts'
import { percent } from './scale.ts'

const SHOWN = 6

/** What was asked for, most often first. */
export function recordTypes({ evidence: { qtypes } }: Incident): Markup | null {
  const types = Object.entries(qtypes)
  const all = types.reduce((sum, [, count]) => sum + count, 0)
  if (all === 0) return null
  const rest = types.slice(SHOWN)
  const others = rest.reduce((sum, [, count]) => sum + count, 0)
  const rows = types.slice(0, SHOWN)
  if (rest.length > 0) rows.push([countWords(rest.length, 'other type'), others])
  return html`<section class="types"><h4>Record types</h4>
<table><thead class="unseen"><tr><th scope="col">Type</th><th scope="col">Queries</th><th scope="col">Share</th></tr></thead>
<tbody>${rows.map(([type, count]) => row(type, count, count / all))}</tbody></table></section>`
}

function row(type: string, count: number, share: number): Markup {
  return html`<tr><th scope="row">${type}</th><td class="number">${figure(count)}</td>
<td class="chart"><svg role="img" width="100%" height="14"><title>${type}: ${figure(share * 100)} % of queries</title>
<rect class="track" x="0" y="3" width="100%" height="8"/><rect class="queries" x="0" y="3" width="${percent(share)}" height="8"/></svg></td></tr>`
}
