import type { Incident } from '../../detect/incident.ts'
import { techniqueOf } from '../attack.ts'
import { countWords, figure, spanWords } from '../words.ts'
import { type Content, html, type Markup } from './markup.ts'
import { folded } from './subject.ts'
import { lengthWords } from './time-axis.ts'

const CLIENTS_SHOWN = 4
const DOMAINS_SHOWN = 6

/** Who, when, how much, since when known, by what tool: the facts of one alert. */
export function cardFacts(incident: Incident): Markup {
  const { clientCount, relatedDomains, registeredDomain, evidence, attack, source, id } = incident
  const facts: readonly (readonly [name: string, value: Content])[] = [
    [clientCount === 1 ? 'Client' : 'Clients', clients(incident)],
    relatedDomains.length > 0
      ? ['Domains', folded([registeredDomain, ...relatedDomains], DOMAINS_SHOWN, 'domains')]
      : ['', null],
    ['Seen', seen(incident)],
    ['Left', left(incident)],
    ['Alert', alert(incident)],
    ['Likely tool', tool(incident)],
    ['Rhythm', evidence.rhythm],
    ['ATT&CK', attack.length > 0 ? html`<ul class="texts">${attack.map(technique)}</ul>` : null],
    ['Source', html`<bdi>${source}</bdi>`],
    ['Id', html`<code>${id}</code>`],
  ]
  return html`<dl class="facts">${facts.map(
    ([name, value]) => value !== null && html`<div><dt>${name}</dt><dd>${value}</dd></div>`,
  )}</dl>`
}

function clients({ clients, clientCount }: Incident): Content {
  if (clientCount === 0) return 'not known from this input'
  const unlisted = clientCount - clients.length
  return [
    folded(clients, CLIENTS_SHOWN, 'clients'),
    unlisted > 0 && html` <span class="soft">and ${figure(unlisted)} not listed</span>`,
  ]
}

function seen({ firstSeen, lastSeen }: Incident): Content {
  if (!firstSeen || !lastSeen) return 'no times in this input'
  const length = Date.parse(lastSeen) - Date.parse(firstSeen)
  return html`${spanWords(firstSeen, lastSeen)} <span class="soft">${lengthWords(length)}</span>`
}

function left({ bytesOut, bytesIn, queries }: Incident): Content {
  const rest = `${figure(Math.round(bytesIn))} in, ${countWords(queries, 'query', 'queries')}`
  return html`<strong>${countWords(bytesOut, 'octet')} out</strong>, ${rest}`
}

function alert(incident: Incident): Content {
  const { queriesBeforeAlert, bytesBeforeAlert, prefixOctetsBeforeAlert, alertedAt } = incident
  if (queriesBeforeAlert === null || bytesBeforeAlert === null) return 'not raised'
  const when = alertedAt ? `, ${alertedAt.slice(11, 19)}` : ''
  const names = prefixOctetsBeforeAlert === null ? '' : ` (${countWords(prefixOctetsBeforeAlert, 'octet')} of names)`
  const after = `after ${countWords(bytesBeforeAlert, 'octet')} out${names}`
  return html`<strong>at query ${figure(queriesBeforeAlert)}</strong>${when}, ${after}`
}

function tool({ style }: Incident): Content {
  return style && html`${style.guess} <span class="soft">${Math.round(style.confidence * 100)} % sure</span>`
}

function technique(id: string): Markup {
  const { name } = techniqueOf(id)
  return html`<li>${id}${name && html` <span class="soft">${name}</span>`}</li>`
}
