import type { Incident } from '../../detect/incident.ts'
import { countWords, figure } from '../words.ts'
import { html, type Markup } from './markup.ts'
import { subject } from './subject.ts'
import { wideTable } from './wide-table.ts'

const SHOWN = 500

/** Services that put data into names as a service does, and stay inside their budget. */
export function lookupServices(services: readonly Incident[], budgetOctets: number): Markup {
  const heading = html`<h2>Look-up services</h2>`
  if (services.length === 0) return html`<section>${heading}<p class="soft">None was seen.</p></section>`
  const more = services.length - SHOWN
  const head = html`<th scope="col">Domain</th><th scope="col" class="number">Octets out</th><th scope="col" class="number">In</th>
<th scope="col" class="number">Queries</th><th scope="col" class="number">Clients</th><th scope="col">Types</th><th scope="col">First name</th>`
  return html`<section>${heading}
<p class="soft">Names of these domains hold data in the form that antivirus, block lists and telemetry use. Each stands as
low inside its budget, at most ${figure(budgetOctets)} octets a day, and is an alert past it.</p>
${wideTable('Look-up services', head, services.slice(0, SHOWN).map(row))}
${more > 0 && html`<p class="soft">${countWords(more, 'more', 'more')} in the ndjson output.</p>`}</section>`
}

function row(incident: Incident): Markup {
  const { bytesOut, bytesIn, queries, clientCount, evidence } = incident
  return html`<tr><th scope="row">${subject(incident)}</th><td class="number">${figure(Math.round(bytesOut))}</td>
<td class="number">${figure(Math.round(bytesIn))}</td><td class="number">${figure(queries)}</td>
<td class="number">${figure(clientCount)}</td><td>${Object.keys(evidence.qtypes).slice(0, 3).join(', ')}</td>
<td><code>${evidence.sampleQnames[0]}</code></td></tr>`
}
