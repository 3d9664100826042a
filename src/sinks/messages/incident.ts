import type { Incident } from '../../detect/incident.ts'
import { INCIDENT_FIELDS } from '../incident-fields.ts'
import { jsonLine } from '../ndjson.ts'

/**
 * An incident as a message (DESIGN.md 8): the contract's fields in its order, and the revision behind the kind and id, so that
 * whoever keeps one object an id knows which is newer.
 */
export function incidentMessage(incident: Incident, revision: number): string {
  const [kind, id, ...fields] = INCIDENT_FIELDS
  const line = { [kind]: incident[kind], [id]: incident[id], revision }
  return jsonLine({ ...line, ...Object.fromEntries(fields.map((field) => [field, incident[field]])) }).trimEnd()
}
