import type { Incident, Severity } from '../../detect/incident.ts'
import { printable } from '../printable.ts'
import type { AlertFormat } from './alert-format.ts'
import { titleOf } from './alert-words.ts'

const SEVERITY: Readonly<Record<Severity, number>> = { low: 3, medium: 5, high: 8, critical: 10 }
/** Characters of one value: collectors cut messages past 8 KiB, in the middle of what they were told. */
const VALUE_MAX = 1000

/**
 * ArcSight's Common Event Format, revision 25: `CEF:0|vendor|product|version|class|name|severity|extension`. In the header `\` and
 * `|` are escaped, in the extension `\` and `=`; control characters are written out, so that a name ends neither field nor line.
 */
export const cefAlert: AlertFormat = {
  name: 'cef',
  mediaType: 'text/plain',
  write({ incident, revision, link }) {
    const header = ['CEF:0', 'wakeful', 'wakeful', '1', incident.class, titleOf(incident)].map((field, index) =>
      index === 0 ? field : headerText(field),
    )
    const extension = fieldsOf(incident, revision, link).flatMap(([key, value]) =>
      value === null || value === '' ? [] : [`${key}=${extensionText(String(value))}`],
    )
    return `${header.join('|')}|${SEVERITY[incident.severity]}|${extension.join(' ')}\n`
  },
}

function fieldsOf(
  incident: Incident,
  revision: number,
  link: string | null,
): readonly (readonly [string, string | number | null])[] {
  const { id, clients, registeredDomain, firstSeen, lastSeen, bytesOut, bytesIn, queries, detectors, attack } = incident
  return [
    ['externalId', id],
    ['cnt', queries],
    ['src', clients[0] ?? null],
    ['destinationDnsDomain', registeredDomain],
    ['start', firstSeen && Date.parse(firstSeen)],
    ['end', lastSeen && Date.parse(lastSeen)],
    ['out', Math.round(bytesOut)],
    ['in', Math.round(bytesIn)],
    ['app', 'dns'],
    ['cs1Label', 'revision'],
    ['cs1', revision],
    ['cs2Label', 'attack'],
    ['cs2', attack.join(',')],
    ['cs3Label', 'clients'],
    ['cs3', clients.join(',')],
    ['cs4Label', 'confidence'],
    ['cs4', incident.confidence],
    [
      'msg',
      detectors
        .filter(({ fired }) => fired)
        .map(({ reason }) => reason)
        .join('; '),
    ],
    ['request', link],
  ]
}

function headerText(text: string): string {
  return printable(text).slice(0, VALUE_MAX).replace(/[\\|]/g, '\\$&')
}

function extensionText(text: string): string {
  return printable(text).slice(0, VALUE_MAX).replace(/[\\=]/g, '\\$&')
}
