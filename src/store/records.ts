import type { Incident } from '../detect/incident.ts'

/** An incident as the store keeps it: its newest revision, and when it came. Times are those of the wall. */
export interface IncidentRecord {
  readonly incident: Incident
  readonly revision: number
  readonly firstReceivedMs: number
  readonly receivedMs: number
  /** Found in the samples that ship: shown, and sent to nobody. */
  readonly demo: boolean
  /** Found while budgets were still being learned: shown as what would have alerted. */
  readonly burnIn: boolean
}

/** The words a person may say of an incident, as the learner's journal knows them. */
export interface VerdictRecord {
  readonly incident: string
  readonly verdict: 'malicious' | 'benign'
  readonly by: string
  readonly note: string
  readonly atMs: number
  /** What had left when it was said: a benign verdict holds for twice that. */
  readonly octets: number
}

/**
 * What is allowed to a domain, a client, or a client with a domain, for a while. It raises the budget and never mutes: an incident past
 * `octetsADay` alerts as ever.
 */
export interface Suppression {
  readonly id: string
  /** Registered domain or a suffix of it; `null` is every domain. */
  readonly domain: string | null
  /** Address or prefix (`10.0.0.0/8`); `null` is every client. */
  readonly client: string | null
  readonly octetsADay: number
  readonly reason: string
  readonly owner: string
  readonly createdMs: number
  readonly expiresMs: number
}

/** A suppression with what became of it. */
export interface SuppressionRecord extends Suppression {
  /** Revisions of alerts it has withheld. */
  readonly hits: number
  readonly lastHitMs: number | null
  readonly liftedMs: number | null
}

/** What others know of an incident's domain: facts, or that nobody could be asked. Never a reason for or against an alert. */
export interface FactsRecord {
  readonly incident: string
  readonly atMs: number
  readonly facts: NonNullable<Incident['evidence']['facts']>
  /** Kinds of facts that nobody knows, and why. */
  readonly missing: Readonly<Record<string, string>>
}

/** Who did what, and to what. */
export interface AuditRecord {
  readonly atMs: number
  readonly who: string
  readonly action: string
  readonly subject: string
}

/** One entry of the journal. `atMs` is when it was written. */
export type StoreEntry =
  | { readonly kind: 'start'; readonly atMs: number }
  /** The samples are over: what was found in them is forgotten. */
  | { readonly kind: 'end-demo'; readonly atMs: number }
  | {
      readonly kind: 'incident'
      readonly atMs: number
      readonly incident: Incident
      readonly revision: number
      readonly demo: boolean
      readonly burnIn: boolean
    }
  | ({ readonly kind: 'verdict' } & VerdictRecord)
  | { readonly kind: 'suppress'; readonly atMs: number; readonly by: string; readonly suppression: Suppression }
  | { readonly kind: 'lift'; readonly atMs: number; readonly by: string; readonly suppression: string }
  | ({ readonly kind: 'facts' } & FactsRecord)
  | ({ readonly kind: 'audit' } & AuditRecord)
