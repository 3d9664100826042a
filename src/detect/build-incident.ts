import { createHash } from 'node:crypto'
import { formatAddress } from '../batch/address.ts'
import { formatType } from '../dns/types.ts'
import type { ClientGroup } from './client-group.ts'
import { compareText } from './compare.ts'
import { firedDetectors } from './decide-domain.ts'
import type { DetectionModel } from './detection-model.ts'
import { fuseDomain, readSides } from './domain-ratios.ts'
import type { AlertMark, DomainState } from './domain-state.ts'
import { payloadEvidence } from './evidence/payload-evidence.ts'
import { describeRhythm } from './evidence/timing.ts'
import { domainDetectors, groupDetectors, sideDetectors } from './explain-detectors.ts'
import { fuse } from './fusion.ts'
import type { Incident, Severity } from './incident.ts'
import { presentName } from './present.ts'
import { domainSignals, groupSignals, sideSignals } from './signals.ts'
import type { TimelineBin } from './timeline.ts'

const HIGH_OCTETS = 4 * 1024
const CRITICAL_OCTETS = 64 * 1024
/** A channel that brings at least this share of what it takes out runs both ways. */
const BOTH_WAYS_SHARE = 0.25
/** Names shown, escaped; three at the start say more than three at random. */
const SAMPLES_SHOWN = 8

/** What every incident of one observation shares. */
export interface Observation {
  /** Name of the observation (`--name`), part of every id. */
  readonly name: string
  readonly timed: boolean
  readonly model: DetectionModel
  /** Source label of an input. */
  sourceOf(input: number): string
}

/** The incident of a domain that is an alert or stands as a look-up service. */
export function domainIncident(state: DomainState, observation: Observation): Incident {
  const { model, timed } = observation
  const domain = presentName(state.domain)
  const fired = state.alert ? firedDetectors(state.peaks) : []
  const lookup = state.alert === undefined && state.lookup !== undefined
  const sides = readSides(state, model)
  const fused = fuseDomain(state, model, sides)
  const clients = state.clients.listed().map((tally) => formatAddress(Buffer.from(tally.address, 'latin1'), 0))
  const payload = payloadEvidence(state.samples.first, state.domain.length, { qtypes: state.qtypes, lookup })
  const known = payload.decoded?.magic != null
  const severity = !timed ? 'medium' : lookup ? 'low' : severityOf(fired.length, state.octets, known)
  return {
    kind: 'incident',
    id: incidentId(observation.name, domain, state.firstMs),
    registeredDomain: domain,
    relatedDomains: [],
    clients,
    clientCount: state.clients.count(),
    scope: 'domain',
    ...times(state, state.alert, timed),
    queries: state.queries,
    ...before(state.alert),
    bytesOut: round(state.octets),
    bytesIn: state.answerOctets,
    score: round(fused.score),
    severity,
    class: lookup ? 'lookup-service' : classOf(state.octets, state.downOctets),
    confidence: !timed ? 'low' : fired.length >= 2 ? 'high' : 'medium',
    detectors: [...domainDetectors(state, model.thresholds, timed), ...sideDetectors(sides)],
    style: payload.style,
    evidence: {
      signals: [
        ...domainSignals(state, fused.contributions, model.typical),
        ...sideSignals(sides, fused, model.typical),
      ],
      sampleQnames: state.samples.first.slice(0, SAMPLES_SHOWN).map(presentName),
      decoded: payload.decoded,
      rhythm: state.gaps ? describeRhythm(state.gaps) : null,
      qtypes: typeCounts(state.qtypes),
      timeline: bars(state.timeline.bins()),
    },
    attack: lookup ? [] : ['T1048.003', 'T1071.004'],
    source: observation.sourceOf(state.input),
  }
}

/** The incident of a client that spreads over many domains. */
export function groupIncident(group: ClientGroup, observation: Observation): Incident {
  const client = formatAddress(group.client, 0)
  const fused = fuse(observation.model.fusion, [group.peakAccount, 0, group.peakAnswers, group.peakNames])
  const detectors = groupDetectors(group, observation.model.thresholds)
  const fired = detectors.filter((detector) => detector.fired).length
  // Of invented names every octet is the client's; of rotated domains it is not known where the payload ends.
  const names = group.invented ? group.samples : []
  const payload = payloadEvidence(names, 0, { qtypes: group.qtypes, lookup: false })
  const known = payload.decoded?.magic != null
  const related = group.domains.slice(1, 101).map(presentName)
  return {
    kind: 'incident',
    id: incidentId(observation.name, `${client}${group.invented ? '~invented' : '~rotation'}`, group.firstMs),
    registeredDomain: presentName(group.domains[0]),
    relatedDomains: related.sort(compareText),
    clients: [client],
    clientCount: 1,
    scope: 'client',
    ...times(group, group.alert, true),
    queries: group.queries,
    ...before(group.alert),
    bytesOut: round(group.octets),
    bytesIn: group.answerOctets,
    score: round(fused.score),
    severity: severityOf(fired, group.octets, known),
    class: classOf(group.octets, group.answerOctets),
    confidence: fired >= 2 ? 'high' : 'medium',
    detectors,
    style: payload.style,
    evidence: {
      signals: groupSignals(group, fused.contributions, observation.model.typical),
      sampleQnames: group.samples.slice(0, SAMPLES_SHOWN).map(presentName),
      decoded: payload.decoded,
      rhythm: null,
      qtypes: typeCounts(group.qtypes),
      timeline: bars(group.timeline.bins()),
    },
    attack: ['T1048.003', 'T1071.004'],
    source: observation.sourceOf(group.input),
  }
}

/** The id that the incident of a domain has, or would have. */
export function domainIncidentId(state: DomainState, name: string): string {
  return incidentId(name, presentName(state.domain), state.firstMs)
}

/** Stable id: the observation, the subject and its first time. */
function incidentId(name: string, subject: string, firstMs: number): string {
  const first = Number.isNaN(firstMs) ? 0 : firstMs
  return createHash('sha256').update(`${name}\n${subject}\n${first}`).digest('hex').slice(0, 16)
}

function severityOf(fired: number, octets: number, knownContent: boolean): Severity {
  if (octets >= CRITICAL_OCTETS || knownContent) return 'critical'
  return fired >= 2 || octets >= HIGH_OCTETS ? 'high' : 'medium'
}

function classOf(octetsUp: number, octetsDown: number): Incident['class'] {
  return octetsDown >= octetsUp * BOTH_WAYS_SHARE ? 'tunnel' : 'exfiltration'
}

function times(span: { firstMs: number; lastMs: number }, alert: AlertMark | undefined, timed: boolean) {
  return {
    firstSeen: timed ? timestamp(span.firstMs) : null,
    alertedAt: timed && alert ? timestamp(alert.timeMs) : null,
    lastSeen: timed ? timestamp(span.lastMs) : null,
  }
}

function before(alert: AlertMark | undefined) {
  return {
    queriesBeforeAlert: alert ? alert.queries : null,
    bytesBeforeAlert: alert ? round(alert.octets) : null,
    prefixOctetsBeforeAlert: alert ? alert.prefixOctets : null,
  }
}

/** Milliseconds as ISO 8601; null where the source had no time or one outside the calendar. */
export function timestamp(timeMs: number): string | null {
  const date = new Date(timeMs)
  return Number.isNaN(date.getTime()) ? null : date.toISOString()
}

function bars(bins: TimelineBin[]) {
  return bins.map((bin) => ({
    time: timestamp(bin.timeMs),
    queries: bin.queries,
    octets: round(bin.octets),
    accountOctets: round(bin.accountOctets),
  }))
}

function typeCounts(qtypes: ReadonlyMap<number, number>): Record<string, number> {
  const sorted = [...qtypes].sort((a, b) => b[1] - a[1] || a[0] - b[0])
  return Object.fromEntries(sorted.map(([qtype, count]) => [formatType(qtype), count]))
}

/** Three decimals: no figure here is better known, and output stays the same on every machine. */
export function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
