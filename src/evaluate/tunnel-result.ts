import type { ManifestRow } from '../datasets/manifest.ts'
import { toolOf } from '../datasets/tools.ts'
import { type Incident, isAlert } from '../detect/incident.ts'
import type { Measured } from './measure-row.ts'
import { COUNTER_LINES } from './plain-counter.ts'

/** The plain counter on one capture: when it passed a line on the tunnel's domain, and whom else it would name. */
export interface CounterResult {
  readonly line: number
  /** Null where no domain of the tunnel passed. */
  readonly queries: number | null
  readonly octets: number | null
  readonly falseDomains: number
}

/** What a scan said of one capture with a tunnel in it. */
export interface TunnelResult {
  readonly file: string
  readonly network: string
  readonly split: string
  readonly family: string
  readonly tool: string
  /** Alerts that name the tunnel: a domain of the manifest, or a client where the tunnel has none. */
  readonly alerts: readonly string[]
  /** Alerts that name anything else. */
  readonly outside: readonly string[]
  /** Of the slowest alert on the tunnel; null where there is none. */
  readonly queries: number | null
  readonly octets: number | null
  readonly prefixOctets: number | null
  /** Detectors that fired by the end of the capture. */
  readonly detectors: readonly string[]
  readonly counter: readonly CounterResult[]
}

/** Judges the alerts of a capture by its row of the manifest. */
export function tunnelResult({ row, incidents, domains }: Measured): TunnelResult {
  const alerts = incidents.filter(isAlert)
  const inside = alerts.filter((incident) => namesTunnel(incident, row))
  const slowest = (of: (incident: Incident) => number | null) => worst(inside.map((incident) => of(incident)!))
  const fired = inside.flatMap((incident) => incident.detectors.filter((detector) => detector.fired))
  return {
    file: row.file,
    network: row.network,
    split: row.split,
    family: row.family,
    tool: toolOf(row.family),
    alerts: inside.map(subjectOf),
    outside: alerts.filter((incident) => !inside.includes(incident)).map(subjectOf),
    queries: slowest((incident) => incident.queriesBeforeAlert),
    octets: slowest((incident) => incident.bytesBeforeAlert),
    prefixOctets: slowest((incident) => incident.prefixOctetsBeforeAlert),
    detectors: [...new Set(fired.map((detector) => detector.name))],
    counter: COUNTER_LINES.map((line, i) => {
      const passed = domains.filter((domain) => domain.passed[i])
      const own = passed.filter(({ domain }) => row.domains.includes(domain)).map((domain) => domain.passed[i]!)
      return {
        line,
        queries: worst(own.map((mark) => mark.queries)),
        octets: worst(own.map((mark) => mark.octets)),
        falseDomains: passed.length - own.length,
      }
    }),
  }
}

/** Whether the incident names what the manifest does, and nothing else (`*`: a tunnel without a domain). */
function namesTunnel(incident: Incident, row: ManifestRow): boolean {
  if (row.domains.includes('*')) return incident.scope === 'client'
  return [incident.registeredDomain, ...incident.relatedDomains].every((domain) => row.domains.includes(domain))
}

/** What an incident names, as one word of a table. */
export function subjectOf(incident: Incident): string {
  return incident.scope === 'client' ? `client ${incident.clients[0]}` : incident.registeredDomain
}

function worst(values: readonly number[]): number | null {
  return values.length === 0 ? null : Math.max(...values)
}
