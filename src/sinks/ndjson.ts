import { INCIDENT_FIELDS } from './incident-fields.ts'
import type { IncidentFormat } from './incident-format.ts'

/** All but printable ASCII. JSON lets C1 controls, bidirectional controls and U+2028 stand as they are; terminals act. */
const BEYOND_ASCII = /[^\x20-\x7e]/g

/** One line of JSON in printable ASCII: the value is unchanged, as every JSON reader undoes `\uXXXX`. */
export function jsonLine(value: unknown): string {
  const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  return `${JSON.stringify(value).replace(BEYOND_ASCII, escaped)}\n`
}

/** One incident a line, fields in the contract's order. Nothing found is an empty output. */
export const ndjson: IncidentFormat = {
  name: 'ndjson',
  *write(incidents) {
    for (const incident of incidents) {
      yield jsonLine(Object.fromEntries(INCIDENT_FIELDS.map((field) => [field, incident[field]])))
    }
  },
}
