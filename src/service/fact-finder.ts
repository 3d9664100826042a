import type { FactCache } from '../enrich/cache.ts'
import { enrich } from '../enrich/enrich.ts'
import type { Provider } from '../enrich/fact.ts'
import type { FactsRecord } from '../store/records.ts'

/** Domains that wait to be asked about; a flood of alerts must not become a flood of questions. */
const WAITING_MAX = 100
/** One question waits this long, and all about one domain that long. */
const QUESTION_MS = 5000
const DOMAIN_MS = 15_000
/** Between two questions to one provider. */
const BETWEEN_MS = 250

/** Who is asked about domains, and what is known already. */
export interface FactSources {
  readonly providers: readonly Provider[]
  readonly cache: FactCache
}

/**
 * Asks others about the domains of alerts, one domain after the other, beside everything else: detection, the journal and every target
 * go on whatever becomes of it. Where nobody knows, or nobody can be asked, that is what is kept.
 */
export class FactFinder {
  private readonly sources: FactSources
  private readonly onFacts: (facts: FactsRecord) => void
  private readonly now: () => number
  private readonly ending = new AbortController()
  private waiting: { incident: string; domain: string }[] = []
  private isAsking = false

  constructor(sources: FactSources, now: () => number, onFacts: (facts: FactsRecord) => void) {
    this.sources = sources
    this.now = now
    this.onFacts = onFacts
  }

  /** Puts a domain in line. Returns at once. */
  ask(incident: string, domain: string): void {
    if (this.waiting.length >= WAITING_MAX) {
      this.onFacts({ incident, atMs: this.now(), facts: [], missing: { all: 'quota' } })
      return
    }
    this.waiting.push({ incident, domain })
    if (!this.isAsking) void this.run()
  }

  close(): void {
    this.waiting = []
    this.ending.abort()
  }

  private async run(): Promise<void> {
    this.isAsking = true
    const { providers, cache } = this.sources
    for (let next = this.waiting.shift(); next !== undefined; next = this.waiting.shift()) {
      const { incident, domain } = next
      const signal = AbortSignal.any([this.ending.signal, AbortSignal.timeout(DOMAIN_MS)])
      const patience = { questionMs: QUESTION_MS, betweenMs: BETWEEN_MS }
      const [found] = await enrich([domain], providers, cache, patience, signal)
      if (this.ending.signal.aborted) break
      this.onFacts({ incident, atMs: this.now(), facts: [...found.facts], missing: found.missing })
    }
    this.isAsking = false
  }
}
