import type { Incident } from '../detect/incident.ts'

/** Fields of an incident in the contract's order (DESIGN.md 4). */
export const INCIDENT_FIELDS = [
  ...(['kind', 'id', 'registeredDomain', 'relatedDomains', 'clients', 'clientCount', 'scope'] as const),
  ...(['firstSeen', 'alertedAt', 'lastSeen', 'queries', 'queriesBeforeAlert', 'bytesOut', 'bytesIn'] as const),
  ...(['bytesBeforeAlert', 'prefixOctetsBeforeAlert', 'score', 'severity', 'class', 'confidence'] as const),
  ...(['detectors', 'style', 'evidence', 'attack', 'source'] as const),
] as const satisfies readonly (keyof Incident)[]
