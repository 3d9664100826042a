import { isAlert } from '../detect/incident.ts'
import { isInScope } from './client-scope.ts'
import type { IncidentRecord, Suppression, SuppressionRecord, VerdictRecord } from './records.ts'

const DAY_MS = 86_400_000
/** How much more may leave under a benign verdict than had left when it was given. */
const BENIGN_FACTOR = 2

/** How an incident stands with people. */
export const STANDINGS = ['open', 'withheld', 'benign', 'malicious', 'low'] as const
export type Standing = (typeof STANDINGS)[number]

/** How an incident stands, and by what. */
export interface Stand {
  readonly standing: Standing
  /** The suppression that withholds it, or whose budget it has passed. */
  readonly suppression: string | null
  /** Set where more left than a suppression or a benign verdict allows: it stands as an alert again. */
  readonly pastBudget: boolean
}

/**
 * How an incident stands now. Computed when asked, so that a suppression holds for what came before it too, and ends when it expires.
 * Malicious stays malicious; benign holds until twice as much has left; a suppression holds inside its budget.
 */
export function standOf(
  { incident }: IncidentRecord,
  verdict: VerdictRecord | undefined,
  suppressions: Iterable<SuppressionRecord>,
  nowMs: number,
): Stand {
  if (verdict?.verdict === 'malicious') return { standing: 'malicious', suppression: null, pastBudget: false }
  if (verdict && incident.bytesOut <= BENIGN_FACTOR * verdict.octets) {
    return { standing: 'benign', suppression: null, pastBudget: false }
  }
  if (!isAlert(incident)) return { standing: 'low', suppression: null, pastBudget: false }
  let passed: string | null = null
  for (const suppression of suppressions) {
    if (!isActive(suppression, nowMs) || !isInside(incident, suppression)) continue
    if (incident.bytesOut <= budgetOf(incident, suppression)) {
      return { standing: 'withheld', suppression: suppression.id, pastBudget: false }
    }
    passed = suppression.id
  }
  return { standing: 'open', suppression: passed, pastBudget: passed !== null || verdict !== undefined }
}

/** Whether it is neither lifted nor expired. */
export function isActive({ liftedMs, expiresMs }: SuppressionRecord, nowMs: number): boolean {
  return liftedMs === null && nowMs < expiresMs
}

/** Whether all of an incident lies inside a suppression's scope: every domain of it, and every client. */
function isInside(
  { registeredDomain, relatedDomains, clients, clientCount }: IncidentRecord['incident'],
  { domain, client }: Suppression,
): boolean {
  if (domain !== null && ![registeredDomain, ...relatedDomains].every((name) => isUnder(name, domain))) return false
  if (client === null) return true
  // Clients past those that are listed are unknown, and so not inside.
  return clientCount === clients.length && clients.length > 0 && clients.every((address) => isInScope(address, client))
}

function isUnder(name: string, suffix: string): boolean {
  return name === suffix || name.endsWith(`.${suffix}`)
}

/** What may have left by now: a day's octets for each day it has lasted, the first one whole. */
function budgetOf({ firstSeen, lastSeen }: IncidentRecord['incident'], { octetsADay }: Suppression): number {
  const lasted = firstSeen && lastSeen ? Date.parse(lastSeen) - Date.parse(firstSeen) : 0
  return octetsADay * Math.max(1, lasted / DAY_MS)
}
