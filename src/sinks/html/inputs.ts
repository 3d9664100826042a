import { countWords, figure } from '../words.ts'
import { type Content, html, type Markup } from './markup.ts'
import type { InputFacts, ReportFacts } from './report-facts.ts'
import { wideTable } from './wide-table.ts'

const SHOWN = 500
const COUNTS = ['packets', 'messages', 'queries', 'responses', 'rows', 'skipped'] as const
/** Left out where the screen is narrow: what is wrong with an input must not lie beyond its edge. */
const SPARE: readonly string[] = ['packets', 'messages', 'responses']

const styleOf = (name: string) => (SPARE.includes(name) ? 'number spare' : 'number')

/** What was read, what was wrong with it, and what was not read: holes in what was looked at. */
export function inputs({ stats, untimed }: ReportFacts): Markup {
  const { perInput, leftOut } = stats
  const more = perInput.length - SHOWN
  const head = html`<th scope="col">Input</th>${COUNTS.map(
    (name) => html`<th scope="col" class="${styleOf(name)}">${name[0].toUpperCase() + name.slice(1)}</th>`,
  )}<th scope="col">Malformed, failures</th>`
  const failedFirst = perInput.toSorted((a, b) => Number(b.failure !== undefined) - Number(a.failure !== undefined))
  const rows = failedFirst.slice(0, SHOWN).map((input) => row(input, untimed.includes(input.source)))
  return html`<section><h2>Inputs</h2>
${wideTable('Inputs', head, rows)}
${more > 0 && html`<p class="soft">${countWords(more, 'more', 'more')} in the output of --stats.</p>`}
${leftOut.length > 0 && notRead(leftOut)}</section>`
}

function notRead(files: ReportFacts['stats']['leftOut']): Markup {
  const more = files.length - SHOWN
  return html`<details class="left-out"><summary>${countWords(files.length, 'file')} left out</summary>
<ul>${files.slice(0, SHOWN).map(({ source, reason }) => html`<li><bdi>${source}</bdi>: <bdi>${reason}</bdi></li>`)}</ul>
${more > 0 && html`<p class="soft">${countWords(more, 'more', 'more')} in the output of --stats.</p>`}</details>`
}

function row(input: InputFacts, isUntimed: boolean): Markup {
  const counts = COUNTS.map((name) => html`<td class="${styleOf(name)}">${figure(input[name])}</td>`)
  return html`<tr><th scope="row"><bdi>${input.source}</bdi></th>${counts}<td>${notes(input, isUntimed)}</td></tr>`
}

function notes({ malformed, failure }: InputFacts, isUntimed: boolean): Content {
  const reasons = Object.entries(malformed).map(([reason, count]) => `${reason}: ${figure(count)}`)
  const untimed = isUntimed && 'no times: volume cannot be judged, only how names read'
  const said = [untimed, ...reasons].filter((text) => text !== false)
  if (said.length === 0 && failure === undefined) return html`<span class="soft">none</span>`
  return [
    failure !== undefined && html`<p class="failure"><bdi>${failure}</bdi></p>`,
    said.length > 0 && html`<p>${said.join('; ')}</p>`,
  ]
}
