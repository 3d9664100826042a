/** What the last revision of an incident said: all that decides whether there is news. */
export interface Told {
  /** From 1. */
  readonly revision: number
  readonly queries: number
  readonly octets: number
  readonly fired: number
  /** Whether it stood as a look-up service. */
  readonly lookup: boolean
  /** Event time. */
  readonly timeMs: number
}

/** How an incident stands now, in the same terms. */
export type Standing = Omit<Told, 'revision'>

/** What is said at least of an incident that goes on. */
const SAID_EVERY_MS = 3_600_000

/**
 * Whether an incident that stands so is worth another revision (DESIGN.md 4, "one per incident, not per query"): when it
 * begins, when another detector fires, when a look-up service turns into an alert, each time what left has doubled, and
 * once an hour of event time while it goes on. A function of the rows alone, so that a row read again says the same again.
 */
export function isNews(told: Told | undefined, now: Standing): boolean {
  if (!told) return true
  if (now.fired > told.fired || now.lookup !== told.lookup) return true
  return now.octets >= 2 * Math.max(1, told.octets) || now.timeMs - told.timeMs >= SAID_EVERY_MS
}

/** Whether anything came in since it was told, however little: what a last revision is worth. */
export function isStale(told: Told | undefined, now: Standing): boolean {
  return told === undefined || told.queries !== now.queries || told.octets !== now.octets || told.lookup !== now.lookup
}
