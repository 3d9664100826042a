import { AdaptiveCode } from './adaptive-code.ts'
import { ClientTallies } from './client-tally.ts'
import { HashSet } from './hash-set.ts'
import { PrefixSamples } from './prefix-samples.ts'
import { Timeline } from './timeline.ts'

/** Names remembered of one domain exactly; 16 KiB of look-up budget at two octets a name. */
const NAMES_MAX = 8192
const LABELS_MAX = 1024
const ANSWERS_MAX = 1024

/** The moment an incident became an alert. */
export interface AlertMark {
  timeMs: number
  queries: number
  octets: number
  prefixOctets: number
  detectors: string[]
}

/** Highest ratio of each detector to its line, and the value behind it. */
export interface Peaks {
  account: number
  accountOctets: number
  accountScale: number
  downlink: number
  downlinkOctets: number
  names: number
  answers: number
}

/**
 * The upper memory tier (DESIGN.md 3): all that is known of one domain that earned it by novel octets.
 * About 1 KiB for a domain with a handful of names; every part has a cap.
 */
export class DomainState {
  readonly lo: number
  readonly hi: number
  /** Wire form, case folded. */
  readonly domain: Uint8Array
  readonly nameClass: number
  readonly firstMs: number
  lastMs: number
  /** `lastMs` when the state came from an earlier scan: an incident without news is not told again. */
  carriedMs = Number.NaN
  /** Input of the first row, for the incident's `source`. */
  readonly input: number

  queries = 0
  /** Queries since the state is rich: what the counts by type and answer below are shares of. */
  tallied = 0
  novelNames = 0
  /** Undecayed octets by the shortest code, up and down, and the plain count of unique prefix octets. */
  octets = 0
  downOctets = 0
  prefixOctets = 0
  /** Answer octets of every kind, as a reader of the capture would count them. */
  answerOctets = 0
  decayedDown = 0
  decayedDownMs = Number.NaN

  answered = 0
  nameErrors = 0
  /** Novel names that hold a whole name of another domain, as search suffixes make them. */
  suffixShaped = 0
  smallAnswers = 0

  readonly names: HashSet = new HashSet(NAMES_MAX)
  readonly adaptive: AdaptiveCode = new AdaptiveCode()
  readonly labels: HashSet = new HashSet(LABELS_MAX)
  readonly answers: HashSet = new HashSet(ANSWERS_MAX)
  readonly clients: ClientTallies = new ClientTallies()
  readonly qtypes: Map<number, number> = new Map()
  readonly samples: PrefixSamples = new PrefixSamples()
  readonly timeline: Timeline
  readonly peaks: Peaks = { account: 0, accountOctets: 0, accountScale: 0, downlink: 0, downlinkOctets: 0, names: 0, answers: 0 }

  alert: AlertMark | undefined
  /** Set while a fired domain stands as a look-up service; the form it was recognised by. */
  lookup: string | undefined
  /** Novel names at the last look-up judgement: it is made again every eighth name. */
  judgedAt = 0

  constructor(lo: number, hi: number, domain: Uint8Array, nameClass: number, firstMs: number, input: number) {
    this.lo = lo
    this.hi = hi
    this.domain = domain
    this.nameClass = nameClass
    this.firstMs = firstMs
    this.lastMs = firstMs
    this.input = input
    this.timeline = new Timeline(firstMs)
  }

  /**
   * Learns the name that opened the state, which was coded without it, when the second one comes: a flood of domains
   * with one name each never gets as far.
   */
  catchUp(): void {
    if (!this.adaptive.isNew) return
    for (const prefix of this.samples.ordered()) this.adaptive.code(prefix, 0, prefix.length)
  }

  /** A new state of the same domain from `firstMs` on, which knows the names, labels and answers of this one. */
  reopened(firstMs: number, input: number): DomainState {
    const fresh = new DomainState(this.lo, this.hi, this.domain, this.nameClass, firstMs, input)
    const { names, adaptive, labels, answers } = this
    return Object.assign(fresh, { names, adaptive, labels, answers })
  }
}
