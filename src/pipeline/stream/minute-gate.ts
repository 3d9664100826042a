import type { ClientFact } from '../../detect/client-facts.ts'
import type { HandOver } from './hand-over.ts'

const MINUTE_MS = 60_000
/** Facts that wait at most: past it the oldest minute is taken as it is, so that a partition nobody reads fills no memory. */
const WAITING_MAX = 1 << 18

/** How far one partition has come. */
interface Passed {
  readonly passedMs: number
  readonly idle: boolean
}

/**
 * Holds minutes back until every partition has passed them, so that the client stage takes the same facts together however
 * fast each partition was read. A partition that says it is idle is not waited for; what it then still brings of a minute
 * long taken is taken with the next one.
 */
export class MinuteGate {
  private readonly parts: number
  private passed = new Map<number, Passed>()
  /** Facts by start of their minute. */
  private waiting = new Map<number, ClientFact[]>()
  private waitingCount = 0

  constructor(parts: number) {
    this.parts = parts
  }

  /** Takes a hand-over; false where it came before, as it does when a partition is read again. */
  add({ partition, passedMs, idle, facts }: HandOver): boolean {
    const before = this.passed.get(partition)
    if (before && (before.passedMs > passedMs || (before.passedMs === passedMs && !(idle && !before.idle))))
      return false
    this.passed.set(partition, { passedMs, idle })
    this.waitingCount += facts.length
    for (const fact of facts) {
      const minute = Math.floor(fact.firstMs / MINUTE_MS) * MINUTE_MS
      const others = this.waiting.get(minute)
      if (others) others.push(fact)
      else this.waiting.set(minute, [fact])
    }
    return true
  }

  /** Facts of each minute that every partition has passed, in order of time. */
  *open(): Generator<ClientFact[]> {
    const low = this.low()
    for (const minute of [...this.waiting.keys()].sort((a, b) => a - b)) {
      if (minute + MINUTE_MS > low && this.waitingCount <= WAITING_MAX) return
      const facts = this.waiting.get(minute)!
      this.waiting.delete(minute)
      this.waitingCount -= facts.length
      yield facts
    }
  }

  /** Whether no partition expects anything more. */
  get isIdle(): boolean {
    return this.passed.size === this.parts && [...this.passed.values()].every(({ idle }) => idle)
  }

  memory(): Record<string, unknown> {
    const { passed, waiting, waitingCount } = this
    return { passed, waiting, waitingCount }
  }

  resume(memory: Record<string, unknown>): void {
    Object.assign(this, memory)
  }

  /** What all have passed that are not idle; where all are, what any has. */
  private low(): number {
    const known = [...this.passed.values()]
    if (known.length < this.parts) return Number.NEGATIVE_INFINITY
    const busy = known.filter(({ idle }) => !idle)
    if (busy.length === 0) return Math.max(...known.map(({ passedMs }) => passedMs))
    return Math.min(...busy.map(({ passedMs }) => passedMs))
  }
}
