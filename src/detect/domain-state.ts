import { AdaptiveCode } from './adaptive-code.ts'
import { ClientTallies } from './client-tally.ts'
import type { GapStats } from './evidence/gap-stats.ts'
import { type FlowFacts, FlowTally } from './flows/flow-tally.ts'
import { HashSet } from './hash-set.ts'
import { PrefixSamples } from './prefix-samples.ts'
import { Timeline } from './timeline.ts'
import type { Told } from './told.ts'

/** Names remembered of one domain exactly; 16 KiB of look-up budget at two octets a name. */
const NAMES_MAX = 8192
const LABELS_MAX = 1024
const ANSWERS_MAX = 1024
/** Memory of a state without its sets, and of a client of it, as measured on a heap. */
const STATE_OCTETS = 1500
const CLIENT_OCTETS = 300

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

/** What a learned version said of a domain: see {@link decideLearned}. */
export interface LearnedPeak {
  readonly probability: number
  readonly line: number
  readonly version: string
}

/**
 * The upper memory tier (DESIGN.md 3): all that is known of one domain that earned it by novel octets.
 * About 2 KiB for a domain with one name; every part has a cap, and {@link RichStore} holds the sum of all to one.
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
  /** The account over 7 days after the last novel name. */
  weekOctets = 0
  decayedDown = 0
  decayedDownMs = Number.NaN

  answered = 0
  nameErrors = 0
  /** Novel names that hold a whole name of another domain, as search suffixes make them. */
  suffixShaped = 0
  smallAnswers = 0

  readonly names: HashSet = new HashSet(NAMES_MAX)
  adaptive: AdaptiveCode = new AdaptiveCode()
  labels: HashSet = new HashSet(LABELS_MAX)
  readonly answers: HashSet = new HashSet(ANSWERS_MAX)
  readonly clients: ClientTallies = new ClientTallies()
  readonly qtypes: Map<number, number> = new Map()
  readonly samples: PrefixSamples = new PrefixSamples()
  readonly timeline: Timeline
  readonly peaks: Peaks = {
    account: 0,
    accountOctets: 0,
    accountScale: 0,
    downlink: 0,
    downlinkOctets: 0,
    names: 0,
    answers: 0,
  }

  alert: AlertMark | undefined
  /** Spellings by case of names with capitals, where the client writes others without. */
  spellings: HashSet | undefined
  /** Gaps between queries since the alert. */
  gaps: GapStats | undefined
  /** Set while a fired domain stands as a look-up service; the form it was recognised by. */
  lookup: string | undefined
  /** The most that a model that learned while running said of one of its names. */
  learned: LearnedPeak | undefined
  /** Sums over flows that were the domain's alone, where flows were read. */
  flows: FlowTally | undefined
  /** What was last said of it to those who follow a stream. */
  told: Told | undefined
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

  /** Adds a flow that was the domain's alone. */
  addFlow(flow: FlowFacts): void {
    this.flows ??= new FlowTally()
    this.flows.add(flow)
  }

  /** Octets of memory held, roughly. */
  get sizeBytes(): number {
    const { names, adaptive, labels, answers, samples, clients } = this
    const sets = names.sizeBytes + labels.sizeBytes + answers.sizeBytes + adaptive.sizeBytes
    return STATE_OCTETS + sets + samples.sizeBytes + clients.list.length * CLIENT_OCTETS
  }

  /** Forgets what it learned of its names' spelling; which names it heard stays. Coming names cost a little more. */
  forgetSpelling(): void {
    this.adaptive = new AdaptiveCode()
    this.labels = new HashSet(LABELS_MAX)
    // An alert is judged no more, so what it would be judged by can go too.
    if (this.alert) this.samples.forgetPrefixes()
  }

  /** A new state of the same domain from `firstMs` on, which knows the names, labels and answers of this one. */
  reopened(firstMs: number, input: number): DomainState {
    const fresh = new DomainState(this.lo, this.hi, this.domain, this.nameClass, firstMs, input)
    const { names, adaptive, labels, answers } = this
    return Object.assign(fresh, { names, adaptive, labels, answers })
  }
}
