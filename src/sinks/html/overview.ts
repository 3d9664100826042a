import type { Incident } from '../../detect/incident.ts'
import { figure, timeWords } from '../words.ts'
import { anchorOf } from './alert-card.ts'
import { html, type Markup } from './markup.ts'
import { badge, subject } from './subject.ts'
import { wideTable } from './wide-table.ts'

/** All alerts in one table, each with the way to its card where it has one. */
export function overview(alerts: readonly Incident[], cards: number): Markup {
  const head = html`<th scope="col">Severity</th><th scope="col">Domain</th><th scope="col" class="spare">Class</th>
<th scope="col" class="spare">Client</th><th scope="col" class="number">Octets out</th>
<th scope="col" class="number spare">Queries</th><th scope="col" class="number">Alert at query</th>
<th scope="col" class="spare">First seen</th>`
  const rows = alerts.map((alert, place) => row(alert, place < cards ? place : undefined))
  return wideTable('All alerts, worst first', head, rows, 'overview')
}

function row(incident: Incident, place: number | undefined): Markup {
  const { clients, clientCount, queries, bytesOut, queriesBeforeAlert, firstSeen } = incident
  const name = subject(incident)
  const more = clientCount > 1 && html` <span class="soft">and ${figure(clientCount - 1)} more</span>`
  return html`<tr><td>${badge(incident)}</td>
<th scope="row">${place === undefined ? name : html`<a href="#${anchorOf(place)}">${name}</a>`}</th>
<td class="spare">${incident.class}</td><td class="spare"><bdi>${clients[0] ?? 'not known'}</bdi>${more}</td>
<td class="number">${figure(Math.round(bytesOut))}</td><td class="number spare">${figure(queries)}</td>
<td class="number">${queriesBeforeAlert === null ? '' : figure(queriesBeforeAlert)}</td>
<td class="spare">${firstSeen === null ? 'no times' : timeWords(firstSeen)}</td></tr>`
}
