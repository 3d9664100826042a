import type { Incident } from '../../detect/incident.ts'

/** What is sent of an incident: one revision of it. */
export interface Alert {
  readonly incident: Incident
  /** From 1; receivers keep the newest of an id. */
  readonly revision: number
  /** Where a person can look at it; `null` where there is no address to give away. */
  readonly link: string | null
}

/** What a repeat of an alert is known by. */
export function alertKey({ incident, revision }: Alert): string {
  return `${incident.id}/${revision}`
}

/**
 * The incident without the payload that was read out of its names, and without the names it was read from: what left should not be
 * copied into every chat and index it is told of, unless somebody wants that.
 */
export function withoutPreview(incident: Incident): Incident {
  const { evidence } = incident
  const decoded = evidence.decoded && { ...evidence.decoded, preview: '' }
  return { ...incident, evidence: { ...evidence, decoded, sampleQnames: [] } }
}
