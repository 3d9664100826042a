import { html, type Markup } from '../../../sinks/html/markup.ts'
import { linear, percent } from '../../../sinks/html/scale.ts'
import type { Judged } from '../judged.ts'

/** What the ranking loses when a feature's values change rows, with the spread over shuffles. */
export function importanceBars({ importance }: Judged): Markup | null {
  if (importance.length === 0) return null
  const at = linear(0, Math.max(...importance.map(({ loss, deviation }) => loss + deviation), 1e-9))
  return html`<div class="bars importance"><h5>What it leans on: ROC-AUC lost when a column is shuffled</h5>
<table><thead class="unseen"><tr><th scope="col">Feature</th><th scope="col">Lost</th><th scope="col">Bar</th></tr></thead>
<tbody>${importance.map(
    ({ feature, loss, deviation }) => html`<tr><th scope="row">${feature}</th>
<td class="number">${loss.toFixed(4)} <span class="soft">± ${deviation.toFixed(4)}</span></td>
<td class="chart"><svg role="img" width="100%" height="14"><title>${feature}: ${loss.toFixed(4)}</title>
<rect class="track" x="0" y="3" width="100%" height="8"/><rect class="octets" x="0" y="3" width="${percent(at(loss))}" height="8"/>
<line class="bound" x1="${percent(at(loss - deviation))}" x2="${percent(at(loss + deviation))}" y1="7" y2="7"/></svg></td></tr>`,
  )}</tbody></table></div>`
}
