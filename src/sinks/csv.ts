import type { Incident } from '../detect/incident.ts'
import type { IncidentFormat } from './incident-format.ts'
import { printable } from './printable.ts'

type Cell = string | number | null | readonly string[]

/** Columns in the contract's order; the nested parts that fit a cell are flattened, the rest is in ndjson. */
const COLUMNS: readonly (readonly [name: string, read: (incident: Incident) => Cell])[] = [
  ['id', (incident) => incident.id],
  ['registeredDomain', (incident) => incident.registeredDomain],
  ['relatedDomains', (incident) => incident.relatedDomains],
  ['clients', (incident) => incident.clients],
  ['clientCount', (incident) => incident.clientCount],
  ['scope', (incident) => incident.scope],
  ['firstSeen', (incident) => incident.firstSeen],
  ['alertedAt', (incident) => incident.alertedAt],
  ['lastSeen', (incident) => incident.lastSeen],
  ['queries', (incident) => incident.queries],
  ['queriesBeforeAlert', (incident) => incident.queriesBeforeAlert],
  ['bytesOut', (incident) => incident.bytesOut],
  ['bytesIn', (incident) => incident.bytesIn],
  ['bytesBeforeAlert', (incident) => incident.bytesBeforeAlert],
  ['prefixOctetsBeforeAlert', (incident) => incident.prefixOctetsBeforeAlert],
  ['score', (incident) => incident.score],
  ['severity', (incident) => incident.severity],
  ['class', (incident) => incident.class],
  ['confidence', (incident) => incident.confidence],
  ['detectors', (incident) => fired(incident).map((detector) => detector.name)],
  ['reasons', (incident) => fired(incident).map((detector) => detector.reason)],
  ['style', (incident) => incident.style?.guess ?? null],
  ['decoded', ({ evidence: { decoded } }) => decoded && [decoded.encoding, decoded.magic ?? '', decoded.preview]],
  ['sampleQnames', (incident) => incident.evidence.sampleQnames],
  ['qtypes', (incident) => Object.entries(incident.evidence.qtypes).map(([type, count]) => `${type}:${count}`)],
  ['attack', (incident) => incident.attack],
  ['source', (incident) => incident.source],
]

function fired(incident: Incident) {
  return incident.detectors.filter((detector) => detector.fired)
}

/** What a spreadsheet takes for a formula, also in its full-width form and behind blanks. */
const FORMULA = /^\s*[=+\-@|%＝＋－＠]/u

/** One cell. Numbers are ours and stand as they are; texts are made safe to open in a spreadsheet. */
export function csvCell(value: Cell): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = printable(typeof value === 'string' ? value : value.join(';'))
  // Quoted as well, so that the apostrophe stays in front whatever else the text holds.
  if (FORMULA.test(text)) return quote(`'${text}`)
  return /[",;\s]/.test(text) ? quote(text) : text
}

function quote(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}

/** RFC 4180 with a header and CRLF: one incident a line, lists joined by `;`, cells that look like formulas defused. */
export const csv: IncidentFormat = {
  name: 'csv',
  *write(incidents) {
    yield `${COLUMNS.map(([name]) => name).join(',')}\r\n`
    for (const incident of incidents) yield `${COLUMNS.map(([, read]) => csvCell(read(incident))).join(',')}\r\n`
  },
}
