import type { Incident } from '../../detect/incident.ts'
import { cardFacts } from './card-facts.ts'
import { html, type Markup } from './markup.ts'
import { outsideFacts } from './outside-facts.ts'
import { overTime } from './over-time.ts'
import { payload } from './payload.ts'
import { reasons } from './reasons.ts'
import { recordTypes } from './record-types.ts'
import { sampleNames } from './sample-names.ts'
import { signalTable } from './signal-table.ts'
import { badge, subject } from './subject.ts'

/** Anchor of a card, by its place in the report: ids of incidents may be equal where one file is scanned twice. */
export function anchorOf(place: number): string {
  return `alert-${place + 1}`
}

/** Everything known of one alert. */
export function alertCard(incident: Incident, place: number, lineOctets: number): Markup {
  const anchor = anchorOf(place)
  const { class: kind, confidence, score } = incident
  return html`<article class="card ${incident.severity}" id="${anchor}" aria-labelledby="${anchor}-name">
<header>${badge(incident)}<h3 id="${anchor}-name">${subject(incident)}</h3>
<p class="soft">${kind}, confidence ${confidence}, score ${score.toFixed(3)}</p></header>
${cardFacts(incident)}
<div class="columns"><div>${reasons(incident)}${overTime(incident, lineOctets)}</div>
<div>${signalTable(incident)}${recordTypes(incident)}${payload(incident)}</div></div>
${sampleNames(incident)}${outsideFacts(incident)}</article>`
}
