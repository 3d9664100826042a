import type { Incident } from '../../detect/incident.ts'
import { countWords, figure } from '../words.ts'
import { html, type Markup } from './markup.ts'
import { subject } from './subject.ts'

const SHOWN = 500

/** Services that put data into names as a service does, and stay inside their budget. */
export function lookupServices(services: readonly Incident[], budgetOctets: number): Markup {
  const said = `Names of these domains hold data in the form that antivirus, block lists and telemetry use. Each is low up to ${figure(budgetOctets)} octets a day and an alert past it.`
  const more = services.length - SHOWN
  return html`<section><h2>Look-up services</h2>${
    services.length === 0
      ? html`<p class="soft">None was seen.</p>`
      : html`<p class="soft">${said}</p><div class="wide" tabindex="0" role="region" aria-label="Look-up services"><table>
<thead><tr><th scope="col">Domain</th><th scope="col" class="number">Octets out</th><th scope="col" class="number">In</th>
<th scope="col" class="number">Queries</th><th scope="col" class="number">Clients</th><th scope="col">Types</th><th scope="col">First name</th></tr></thead>
<tbody>${services.slice(0, SHOWN).map(row)}</tbody></table></div>
${more > 0 && html`<p class="soft">${countWords(more, 'more service')} in the ndjson output.</p>`}`
  }</section>`
}

function row(incident: Incident): Markup {
  const { bytesOut, bytesIn, queries, clientCount, evidence } = incident
  return html`<tr><th scope="row">${subject(incident)}</th><td class="number">${figure(Math.round(bytesOut))}</td>
<td class="number">${figure(Math.round(bytesIn))}</td><td class="number">${figure(queries)}</td>
<td class="number">${figure(clientCount)}</td><td>${Object.keys(evidence.qtypes).slice(0, 3).join(', ')}</td>
<td><code>${evidence.sampleQnames[0]}</code></td></tr>`
}
