import type { ClientFact } from './client-facts.ts'
import { ACCOUNT_SECONDS, type Thresholds } from './detection-model.ts'
import type { AlertMark } from './domain-state.ts'
import { HashSet } from './hash-set.ts'
import { OctetStrings } from './octet-strings.ts'
import { Timeline } from './timeline.ts'
import type { Told } from './told.ts'

/** Domains named of one group (DESIGN.md 4). */
const DOMAINS_MAX = 100
const SAMPLES_MAX = 12
/** Domains that must be left when those that are alerts themselves are set aside. */
const ROTATION_LEFT = 3
/** Distinct domains told apart: past every line, and few enough to hold for thousands of clients. */
const DISTINCT_MAX = 1024
/** The group accounts decay over 6 hours. */
const GROUP_SECONDS = ACCOUNT_SECONDS[1]

/** One client's names across invented or rare domains. */
export class ClientGroup {
  readonly client: Uint8Array
  readonly invented: boolean
  readonly firstMs: number
  readonly input: number
  lastMs: number
  /** As in DomainState. */
  carriedMs = Number.NaN
  queries = 0
  names = 0
  octets = 0
  prefixOctets = 0
  answerOctets = 0
  decayed = 0
  sumNames = 0
  sumAnswers = 0
  /** Highest ratios to the lines. */
  peakAccount = 0
  peakNames = 0
  peakAnswers = 0
  private readonly domainNames = new OctetStrings()
  /** Distinct domains, at most {@link DISTINCT_MAX}. */
  domainCount = 0
  private readonly distinct = new HashSet(DISTINCT_MAX)
  private readonly sampleNames = new OctetStrings()
  readonly qtypes: Map<number, number> = new Map()
  readonly timeline: Timeline
  alert: AlertMark | undefined
  /** As in DomainState. */
  told: Told | undefined

  constructor(first: ClientFact, invented: boolean) {
    this.client = Uint8Array.from(Buffer.from(first.client, 'latin1'))
    this.invented = invented
    this.firstMs = first.firstMs
    this.lastMs = first.firstMs
    this.input = first.input
    this.timeline = new Timeline(first.firstMs)
  }

  add(fact: ClientFact, thresholds: Thresholds): void {
    const charged = this.invented ? fact.octets : fact.excessOctets
    const since = (fact.firstMs - this.lastMs) / 1000
    this.decayed = this.decayed * (since > 0 ? Math.exp(-since / GROUP_SECONDS) : 1) + charged
    this.lastMs = Math.max(this.lastMs, fact.lastMs)
    // The sums of invented names alone: ordinary browsing cannot dilute them, because it is not among them.
    this.sumNames = Math.max(0, this.sumNames + fact.namesSum)
    this.sumAnswers = Math.max(0, this.sumAnswers + fact.answersSum)
    if (charged > 0) this.tell(fact)
    const lineOctets = this.invented ? thresholds.inventedOctets : thresholds.rotationOctets
    this.peakAccount = Math.max(this.peakAccount, this.decayed / lineOctets)
    if (this.invented && this.octets >= thresholds.sequentialOctets) {
      this.peakNames = Math.max(this.peakNames, this.sumNames / thresholds.sequential.names)
      this.peakAnswers = Math.max(this.peakAnswers, this.sumAnswers / thresholds.sequential.answers)
    }
    if (this.alert || this.domainCount < thresholds.rotationDomains) return
    const detectors = [
      ...(this.peakAccount > 1 ? ['client-account'] : []),
      ...(this.peakAnswers > 1 ? ['sequential-answers'] : []),
      ...(this.peakNames > 1 ? ['sequential-names'] : []),
    ]
    if (detectors.length === 0) return
    const { queries, octets, prefixOctets } = this
    this.alert = { timeMs: fact.lastMs, queries, octets, prefixOctets, detectors }
  }

  /** Domains in order of first sight, wire form; the first is the incident's `registeredDomain`. */
  get domains(): Uint8Array[] {
    return this.domainNames.list()
  }

  /** First names, wire form. */
  get samples(): Uint8Array[] {
    return this.sampleNames.list()
  }

  /** Whether the group's domains are alerts of their own, so that naming the group adds nothing. */
  isToldBy(alerted: readonly { lo: number; hi: number }[]): boolean {
    const own = alerted.filter((state) => this.distinct.has(state.lo, state.hi)).length
    return !this.invented && this.domainCount - own < ROTATION_LEFT
  }

  private tell(fact: ClientFact): void {
    this.queries += fact.queries
    this.names += fact.names
    this.octets += fact.octets
    this.prefixOctets += fact.prefixOctets
    this.answerOctets += fact.answerOctets
    if (!this.distinct.isFull && this.distinct.add(fact.domainLo, fact.domainHi)) {
      this.domainCount++
      if (this.domainNames.size <= DOMAINS_MAX) this.domainNames.addText(fact.domain)
    }
    if (this.sampleNames.size < SAMPLES_MAX) this.sampleNames.addText(fact.sample)
    this.qtypes.set(fact.qtype, (this.qtypes.get(fact.qtype) ?? 0) + fact.queries)
    this.timeline.add(fact.firstMs, fact.queries, fact.octets, this.decayed)
  }
}
