import { html, type Markup } from '../../../sinks/html/markup.ts'
import { percent } from '../../../sinks/html/scale.ts'
import { wideTable } from '../../../sinks/html/wide-table.ts'
import type { GroupResult, Judged, LearnedEvaluation, LeftOutResult } from '../judged.ts'
import { ofWords, shareWords } from './share-words.ts'

/** Height of a bar and its gap. */
const PLACE = 12

/** What the same plan finds of a tool or network it never saw, beside the model itself, which may have seen it. */
export function leaveOutBars(what: LeftOutResult['what'], { leftOut, judged }: LearnedEvaluation): Markup | null {
  // Those that hold attack first, then by what false alarms can be counted on: small ones say little.
  const results = leftOut
    .filter((row) => row.what === what)
    .sort((a, b) => b.attackRows - a.attackRows || b.benignRows - a.benignRows)
  if (results.length === 0) return null
  const seen = seenOf(what, judged[0])
  const head = html`<th scope="col">Left out</th><th scope="col" class="chart">Shares of rows</th>
<th scope="col" class="number">Found without it</th><th scope="col" class="number">Found by the model</th>
<th scope="col" class="number">False alarms</th><th scope="col" class="number">ROC-AUC</th>`
  return html`<section><h2>Leave one ${what} out</h2>
<p class="soft">The same plan trained without the ${what}, its line drawn anew, judged on every row left out.
<span class="key-left">found</span> by that; <span class="key-seen">found</span> by the model itself, of the rows held out;
<span class="key-attack">false alarms</span>${what === 'tool' && ' on the benign rows held out'}.</p>
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
<td class="chart">${bars(row, before)}</td>
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

function bars({ leftOut, found, attackRows, falseAlarms, benignRows }: LeftOutResult, before?: GroupResult): Markup {
  const shares = [
    { style: 'octets', said: 'found without it in training', part: found, all: attackRows },
    { style: 'typical', said: 'found by the model itself', part: before?.found ?? 0, all: before?.attackRows ?? 0 },
    { style: 'alarm', said: 'false alarms', part: falseAlarms, all: benignRows },
  ].filter(({ all }) => all > 0)
  const says = shares.map(({ said, part, all }) => `${shareWords(part / all)} ${said}`).join(', ')
  return html`<svg role="img" width="100%" height="${shares.length * PLACE}"><title>${leftOut}: ${says}</title>
${shares.map(
  ({ style, part, all }, i) => html`<rect class="track" x="0" y="${i * PLACE + 3}" width="100%" height="8"/>
<rect class="${style}" x="0" y="${i * PLACE + 3}" width="${percent(part / all)}" height="8"/>`,
)}</svg>`
}
