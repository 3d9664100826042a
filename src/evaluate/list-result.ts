import { isTestDomain } from '../datasets/fold.ts'
import { isAlert, SEVERITIES, type Severity } from '../detect/incident.ts'
import type { Measured } from './measure-row.ts'
import { COUNTER_LINES, type CountedDomain } from './plain-counter.ts'

/** A list of names, or the part of it that nothing was trained on. */
export interface ListResult {
  readonly file: string
  readonly split: string
  readonly part: 'all' | 'never trained on'
  readonly domains: number
  /** Domains with a name under them: what could have been a false alarm. */
  readonly judged: number
  /** Domains of the manifest that are tunnels here: alerted, and not. */
  readonly found: readonly string[]
  readonly missed: readonly string[]
  /** Any other domain that is an alert. */
  readonly falseDomains: readonly string[]
  readonly severityMax: Severity | null
  /** Domains beside the tunnels that the plain counter would name, at each of its lines. */
  readonly counter: readonly number[]
}

/** A list as a whole and, where it has rows that trained, the part that did not. */
export function listResults(measured: Measured): ListResult[] {
  const whole = listResult(measured, 'all', measured.domains)
  if (measured.row.split !== 'train') return [whole]
  const unseen = measured.domains.filter(({ lo, hi }) => isTestDomain(lo, hi))
  return [whole, listResult(measured, 'never trained on', unseen)]
}

function listResult(
  { row, incidents }: Measured,
  part: ListResult['part'],
  domains: readonly CountedDomain[],
): ListResult {
  const named = new Set(domains.map(({ domain }) => domain))
  const alerts = incidents.filter((incident) => isAlert(incident) && named.has(incident.registeredDomain))
  const alerted = alerts.map((incident) => incident.registeredDomain).sort()
  const tunnels = row.domains.filter((domain) => named.has(domain))
  const ranks = alerts.map((incident) => SEVERITIES.indexOf(incident.severity))
  return {
    file: row.file,
    split: row.split,
    part,
    domains: domains.length,
    judged: domains.filter(({ octets }) => octets > 0).length,
    found: tunnels.filter((domain) => alerted.includes(domain)),
    missed: tunnels.filter((domain) => !alerted.includes(domain)),
    falseDomains: alerted.filter((domain) => !row.domains.includes(domain)),
    severityMax: ranks.length === 0 ? null : SEVERITIES[Math.max(...ranks)],
    counter: COUNTER_LINES.map(
      (_, i) => domains.filter(({ domain, passed }) => passed[i] && !row.domains.includes(domain)).length,
    ),
  }
}
