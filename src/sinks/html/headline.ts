import { type Incident, isAlert, SEVERITIES } from '../../detect/incident.ts'
import { countWords, figure, spanWords } from '../words.ts'
import { type Content, html, type Markup } from './markup.ts'
import type { ReportFacts } from './report-facts.ts'
import { lengthWords } from './time-axis.ts'

/** The figures somebody reads who reads nothing else. */
export function headline(incidents: readonly Incident[], facts: ReportFacts): Markup {
  const alerts = incidents.filter(isAlert)
  const low = incidents.length - alerts.length
  const { rows, queries, clients, domains, perInput } = facts.stats
  const failed = perInput.filter((input) => input.failure !== undefined).length
  const octets = alerts.reduce((sum, { bytesOut }) => sum + bytesOut, 0)
  const tiles: readonly (readonly [name: string, value: Content, note: Content])[] = [
    [alerts.length === 1 ? 'Alert' : 'Alerts', figure(alerts.length), bySeverity(alerts)],
    ['Octets out in alerts', figure(Math.round(octets)), earliest(alerts)],
    [low === 1 ? 'Look-up service' : 'Look-up services', figure(low), 'inside their budget'],
    [
      perInput.length === 1 ? 'Input' : 'Inputs',
      figure(perInput.length),
      failed > 0 ? `${figure(failed)} with a failure` : 'read to their end',
    ],
    ['Rows', figure(rows), countWords(queries, 'query', 'queries')],
    [clients === 1 ? 'Client' : 'Clients', figure(clients), ''],
    [domains === 1 ? 'Domain' : 'Domains', figure(domains), 'registered'],
    ['Time', ...span(facts)],
  ]
  return html`<dl class="tiles">${tiles.map(
    ([name, value, note]) => html`<div><dt>${name}</dt><dd><b>${value}</b><span class="soft">${note}</span></dd></div>`,
  )}</dl>`
}

function bySeverity(alerts: readonly Incident[]): Content {
  const counts = SEVERITIES.toReversed().map((severity) => {
    const count = alerts.filter((alert) => alert.severity === severity).length
    return count > 0 && html`<span class="badge ${severity}">${figure(count)} ${severity}</span> `
  })
  return alerts.length > 0 ? counts : 'nothing found'
}

function earliest(alerts: readonly Incident[]): string {
  const queries = alerts.map((alert) => alert.queriesBeforeAlert).filter((query) => query !== null)
  if (queries.length === 0) return ''
  const low = figure(queries.reduce((a, b) => Math.min(a, b)))
  const high = figure(queries.reduce((a, b) => Math.max(a, b)))
  return low === high ? `alert at query ${low}` : `alert at query ${low} to ${high}`
}

function span({ span }: ReportFacts): readonly [value: string, note: string] {
  if (!span) return ['none', 'no input has times']
  const [first, last] = [span.firstMs, span.lastMs].map((ms) => new Date(ms).toISOString())
  return [lengthWords(span.lastMs - span.firstMs), spanWords(first, last)]
}
