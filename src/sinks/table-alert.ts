import type { Incident } from '../detect/incident.ts'
import { SIDE_NAMES } from '../detect/side-detector.ts'
import type { Layout } from './incident-format.ts'
import { printable } from './printable.ts'
import { grid, keyed, paragraphs, valueColumns } from './rows.ts'
import { paint } from './style.ts'
import { columnsOf, fit } from './text-layout.ts'
import { countWords, figure, spanWords } from './words.ts'

const CLIENTS_SHOWN = 3
const DOMAINS_SHOWN = 3
const NAMES_SHOWN = 3

/** The lines of one alert: what, who, when, how much, since when known, why, and names to look at. */
export function alertLines(incident: Incident, layout: Layout): string[] {
  const { evidence, detectors } = incident
  const reasons = detectors.filter((detector) => detector.fired).map(({ name, reason }) => `${name}: ${reason}`)
  const width = valueColumns(layout)
  return [
    ...heading(incident, layout),
    ...domains(incident, layout),
    ...keyed(incident.clientCount === 1 ? 'client' : 'clients', [fit(clients(incident), width)], layout),
    ...paragraphs('seen', [seen(incident)], layout),
    ...paragraphs('left', [left(incident)], layout),
    ...paragraphs('alert', [alertedAt(incident)], layout),
    ...paragraphs('why', reasons, layout),
    ...paragraphs('beside', beside(incident), layout),
    ...paragraphs('tool', tool(incident), layout),
    ...keyed(
      'payload',
      payload(incident).map((line) => fit(line, width)),
      layout,
    ),
    ...signals(incident, layout),
    ...keyed(
      'names',
      evidence.sampleQnames.slice(0, NAMES_SHOWN).map((name) => fit(name, width)),
      layout,
    ),
    ...paragraphs('facts', facts(incident), layout),
    ...keyed('source', [fit(incident.source, width)], layout),
  ]
}

/** Severity and subject to the left; class, confidence and score to the right, or below where they do not fit. */
function heading(incident: Incident, layout: Layout): string[] {
  const word = incident.severity.toUpperCase().padEnd('CRITICAL'.length)
  const whole = incident.scope === 'client' ? `${incident.clients[0]} over many domains` : incident.registeredDomain
  const subject = fit(whole, layout.columns - word.length - 2)
  const right = `${incident.class}, confidence ${incident.confidence}, score ${incident.score.toFixed(3)}`
  const painted = `${paint(word, incident.severity, layout)}  ${paint(subject, 'strong', layout)}`
  const gap = layout.columns - word.length - 2 - columnsOf(subject) - columnsOf(right)
  if (gap >= 2) return [painted + ' '.repeat(gap) + right]
  return [painted, right.padStart(layout.columns)]
}

function domains(incident: Incident, layout: Layout): string[] {
  if (incident.relatedDomains.length === 0) return []
  const all = [incident.registeredDomain, ...incident.relatedDomains]
  const shown = all.slice(0, DOMAINS_SHOWN).map((name) => fit(name, valueColumns(layout)))
  const more = all.length - shown.length
  return keyed('domains', more > 0 ? [...shown, `and ${countWords(more, 'more', 'more')}`] : shown, layout)
}

function clients({ clients, clientCount }: Incident): string {
  if (clientCount === 0) return 'not known from this input'
  const shown = clients.slice(0, CLIENTS_SHOWN).join(', ')
  return clientCount > CLIENTS_SHOWN ? `${shown} and ${figure(clientCount - CLIENTS_SHOWN)} more` : shown
}

function seen({ firstSeen, lastSeen }: Incident): string {
  return firstSeen && lastSeen ? spanWords(firstSeen, lastSeen) : 'no times in this input'
}

function left({ bytesOut, bytesIn, queries }: Incident): string {
  return `${countWords(bytesOut, 'octet')} out, ${figure(Math.round(bytesIn))} in, ${countWords(queries, 'query', 'queries')}`
}

function alertedAt(incident: Incident): string {
  const { queriesBeforeAlert, bytesBeforeAlert, prefixOctetsBeforeAlert, alertedAt } = incident
  if (queriesBeforeAlert === null || bytesBeforeAlert === null) return 'not raised'
  const when = alertedAt ? `, ${alertedAt.slice(11, 19)}` : ''
  const names = prefixOctetsBeforeAlert === null ? '' : ` (${countWords(prefixOctetsBeforeAlert, 'octet')} of names)`
  return `at query ${figure(queriesBeforeAlert)}${when}, after ${countWords(bytesBeforeAlert, 'octet')} out${names}`
}

/** What side detectors saw: they never fire, and say what an alert stands beside. */
function beside({ detectors }: Incident): string[] {
  return detectors.filter(({ name }) => SIDE_NAMES.includes(name)).map(({ name, reason }) => `${name}: ${reason}`)
}

function facts({ evidence }: Incident): string[] {
  return (evidence.facts ?? []).map(
    ({ kind, words, source, asOf }) => `${kind}: ${printable(words)} (${printable(source)}, ${asOf.slice(0, 10)})`,
  )
}

function tool({ style }: Incident): string[] {
  return style ? [`speaks like ${style.guess}, ${Math.round(style.confidence * 100)} % sure`] : []
}

function payload({ evidence: { decoded } }: Incident): string[] {
  if (!decoded) return []
  return [decoded.magic ? `${decoded.encoding}, holds ${decoded.magic}` : decoded.encoding, decoded.preview]
}

function signals(incident: Incident, layout: Layout): string[] {
  const rows = incident.evidence.signals.map(({ name, value, typical }) => [name, figure(value), typical])
  return rows.length === 0 ? [] : grid('signals', [['', 'here', 'typical'], ...rows], layout)
}
