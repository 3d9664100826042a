import type { Incident } from '../detect/incident.ts'
import type { IncidentRecord } from '../store/records.ts'

/** An incident closes after so long without exchanges (DESIGN.md 4). */
const CLOSES_MS = 7 * 86_400_000

/**
 * One revision of an incident, as one of those that are kept where it is the same: a stream that has lost what it knew, by a crash or
 * a checkpoint that could not be read, begins to count anew, under another id and from revision 1. While an incident is open there is
 * one a domain, and one a client over many domains: what is told anew goes on with it where it says more, and is nothing where it
 * says less.
 */
export function sameIncident(
  incident: Incident,
  revision: number,
  kept: ReadonlyMap<string, IncidentRecord>,
): { readonly incident: Incident; readonly revision: number } | undefined {
  const known = kept.get(incident.id)
  if (known && revision > known.revision) return { incident, revision }
  const open = known ?? openOf(incident, kept)
  if (!open) return { incident, revision }
  // As far as was told before, and no further: read again after a crash.
  if (!(timeOf(incident.lastSeen) > timeOf(open.incident.lastSeen)) || incident.bytesOut <= open.incident.bytesOut)
    return undefined
  const { id, firstSeen } = open.incident
  return { incident: { ...incident, id, firstSeen }, revision: open.revision + 1 }
}

/** The incident that is open for the same domain, or the same client over many. */
function openOf(incident: Incident, kept: ReadonlyMap<string, IncidentRecord>): IncidentRecord | undefined {
  const { scope, registeredDomain, clients } = incident
  for (const record of [...kept.values()].reverse()) {
    const other = record.incident
    if (record.demo || other.scope !== scope) continue
    const isSame = scope === 'domain' ? other.registeredDomain === registeredDomain : other.clients[0] === clients[0]
    if (isSame && Math.abs(timeOf(incident.firstSeen) - timeOf(other.lastSeen)) < CLOSES_MS) return record
  }
  return undefined
}

function timeOf(text: string | null): number {
  return text === null ? Number.NaN : Date.parse(text)
}
