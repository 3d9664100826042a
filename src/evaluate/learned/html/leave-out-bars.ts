import { html, type Markup } from '../../../sinks/html/markup.ts'
import { percent } from '../../../sinks/html/scale.ts'
import { wideTable } from '../../../sinks/html/wide-table.ts'
import type { GroupResult, Judged, LearnedEvaluation, LeftOutResult } from '../judged.ts'
import { ofWords, shareWords } from './share-words.ts'

/** What the same plan finds of a tool or network it never saw, beside the model that did. */
export function leaveOutBars(what: LeftOutResult['what'], { leftOut, judged }: LearnedEvaluation): Markup | null {
  const results = leftOut.filter((row) => row.what === what)
  if (results.length === 0) return null
  const seen = seenOf(what, judged[0])
  const head = html`<th scope="col">Left out</th><th scope="col" class="chart">Attack rows found</th>
<th scope="col" class="number">never seen</th><th scope="col" class="number">seen in training</th>
<th scope="col" class="number">False alarms</th><th scope="col" class="number">ROC-AUC</th>`
  return html`<section><h2>Leave one ${what} out</h2>
<p class="soft">The same plan trained without the ${what}, its line drawn anew, judged on every row left out. The thin bar is the
model that saw the ${what}, on its rows held out.${what === 'tool' && ' False alarms are on the benign rows held out.'}</p>
${wideTable(
  `Without one ${what}`,
  head,
  results.map((row) => rowOf(row, seen.get(row.leftOut))),
  'bars',
)}</section>`
}

function seenOf(what: LeftOutResult['what'], judged: Judged): ReadonlyMap<string, GroupResult> {
  const groups = what === 'tool' ? judged.tools : judged.networks
  return new Map(groups.map((group) => [group.name, group]))
}

function rowOf(row: LeftOutResult, seen: GroupResult | undefined): Markup {
  const { leftOut, found, attackRows, falseAlarms, benignRows, rateMax, rocAuc } = row
  const before = seen && seen.attackRows > 0 ? seen : undefined
  return html`<tr><th scope="row">${leftOut}</th>
<td class="chart">${attackRows > 0 && bar(leftOut, found / attackRows, before && before.found / before.attackRows)}</td>
${shareCell(found, attackRows)}${shareCell(before?.found ?? 0, before?.attackRows ?? 0)}
<td class="number">${
    benignRows > 0
      ? html`<b>${shareWords(falseAlarms / benignRows)}</b><br><span class="soft">${ofWords(falseAlarms, benignRows)}; up to ${shareWords(rateMax)}</span>`
      : html`<span class="soft">no benign rows</span>`
  }</td><td class="number">${rocAuc === null ? '-' : rocAuc.toFixed(4)}</td></tr>`
}

function shareCell(found: number, all: number): Markup {
  if (all === 0) return html`<td class="number soft">no rows</td>`
  return html`<td class="number"><b>${shareWords(found / all)}</b><br><span class="soft">${ofWords(found, all)}</span></td>`
}

function bar(name: string, without: number, before: number | undefined): Markup {
  const said = before === undefined ? '' : `, ${shareWords(before)} with it`
  return html`<svg role="img" width="100%" height="26"><title>${name}: ${shareWords(without)} found without it in training${said}</title>
<rect class="track" x="0" y="4" width="100%" height="10"/><rect class="octets" x="0" y="4" width="${percent(without)}" height="10"/>
${before !== undefined && html`<rect class="typical" x="0" y="17" width="${percent(before)}" height="4"/>`}</svg>`
}
