import type { Incident } from '../../detect/incident.ts'
import type { WindowReading } from '../../detect/window-model.ts'
import type { LookupAccount } from './lookup-account.ts'
import type { Reading } from './readings.ts'

/** All that one observation knows of a domain. */
export interface DomainAccount {
  readonly verdict: string
  readonly sources: readonly string[]
  readonly firstSeen: string | null
  readonly lastSeen: string | null
  readonly queries: number
  readonly repeats: number
  readonly bare: number
  readonly referred: number
  /** Different names, and those of them that were new information when they came. */
  readonly names: number
  readonly novelNames: number
  readonly octetsUp: number
  readonly octetsDown: number
  readonly clients: readonly { readonly address: string; readonly queries: number }[]
  readonly clientCount: number
  readonly qtypes: Readonly<Record<string, number>>
  readonly readings: readonly Reading[]
  /** What the domain did as a whole reads like; null without times or without a window model. It alerts nobody. */
  readonly window: WindowReading | null
  /** Null where the domain never held enough to be judged. */
  readonly lookup: LookupAccount | null
  readonly sampleQnames: readonly string[]
  /** Incidents that name the domain. */
  readonly incidents: readonly Incident[]
}
