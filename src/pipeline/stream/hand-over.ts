import type { ClientFact } from '../../detect/client-facts.ts'

/** What one partition tells the client stage when it closes a minute (DESIGN.md 3). */
export interface HandOver {
  readonly partition: number
  /** All before this event time is closed in that partition; rises from one hand-over to the next. */
  readonly passedMs: number
  /** Nothing more is to be expected of it for now: nobody need wait for it. */
  readonly idle: boolean
  readonly facts: readonly ClientFact[]
  /** Hashes of domains that became alerts: what is told of them is not told again of their clients. */
  readonly alerted: readonly (readonly [number, number])[]
}
