import { PrefixText } from '../dns/prefix-text.ts'
import { type CanonicalBatch, NAME_CLASS } from './canonical-batch.ts'
import { caseOctets } from './case-account.ts'
import type { ClientTally } from './client-tally.ts'
import { decideDomain, decideListed } from './decide-domain.ts'
import type { DetectionModel } from './detection-model.ts'
import type { DomainState } from './domain-state.ts'
import { isSettled, noteNovel, tallyRow } from './domain-tally.ts'
import { chargeDown } from './downlink.ts'
import { addToRow, chargeRow, countNovel, countQuery, isKnownInRow } from './flat-account.ts'
import { type FlatTable, ROW_FLAG, WORD } from './flat-table.ts'
import { MinuteFacts } from './minute-facts.ts'
import { FLOOR_BITS, NameCoder } from './name-code.ts'
import { QueryScorer } from './query-scorer.ts'
import type { RichStore } from './rich-store.ts'
import { clippedStep, sequentialStep } from './sequential.ts'
import { type TierLimits, Tiers } from './tiers.ts'

/** A single label longer than a NetBIOS name is no host's. */
const HOST_LABEL_MAX = 15
const RCODE_NAME_ERROR = 3
/** An incident closes after seven days of event time without exchanges. */
const CLOSE_MS = 7 * 86_400_000
/** Names of keys (RFC 2930), not of hosts: Windows makes one up for every secure update. They are charged, not scored. */
const QTYPE_TKEY = 249
/** Clients a domain may have and still be rare: a rotating tunnel has its own. */
const RARE_CLIENTS = 2
/** Octets up to which a domain is one of many; past them it is a domain of its own. */
const RARE_OCTETS = 64
/** Log-likelihood ratio from which a name counts as one of a rotating tunnel's. */
const ROTATION_RATIO = 1

/** Sees every exchange that was scored, for training. `whole` is set where a name was booked without its domain's help. */
export type ScoreTap = (
  rows: CanonicalBatch,
  row: number,
  prefix: PrefixText,
  scorer: QueryScorer,
  whole: boolean,
) => void

/** How a partition reads its rows. */
export interface PartitionOptions {
  readonly timed: boolean
  /** As in {@link DetectorOptions}. */
  readonly parts?: number
  readonly tap?: ScoreTap | undefined
}

/**
 * One partition of the state (DESIGN.md 3): all domains whose hash falls here, and nobody else's. What it does with a
 * row depends on the rows it saw before and on nothing else, so it may live in any process.
 */
export class Partition {
  readonly tiers: Tiers
  readonly facts: MinuteFacts = new MinuteFacts()
  private readonly model: DetectionModel
  private readonly timed: boolean
  private readonly parts: number
  private readonly tap: ScoreTap | undefined
  private readonly coder: NameCoder
  private readonly scorer: QueryScorer
  private readonly prefix = new PrefixText()
  private readonly fresh = new PrefixText()
  /** Row of the batch that the query model scored, -1 where it did not score the row booked last. */
  scoredRow = -1
  /** Whether the row at hand was booked on its client with all of its name, so that its prefix must not be again. */
  private bookedWhole = false

  /** Without `timed` (name lists) rows are one instant: no decay, no volume verdict, one sum a domain. */
  constructor(model: DetectionModel, limits: TierLimits, { timed, parts = 1, tap }: PartitionOptions) {
    this.model = model
    this.timed = timed
    this.parts = parts
    this.coder = new NameCoder(model.language)
    this.scorer = new QueryScorer(model)
    this.tap = tap
    this.tiers = new Tiers(limits, timed)
  }

  /** Features, names with answers, of {@link scoredRow}. Valid until the next row. */
  get scoredFeatures(): Float64Array {
    return this.scorer.answersRow
  }

  get table(): FlatTable {
    return this.tiers.table
  }

  get rich(): RichStore {
    return this.tiers.rich
  }

  /** Domains whose incident closed: their traffic came back after {@link CLOSE_MS}. */
  get closed(): readonly DomainState[] {
    return this.tiers.closed
  }

  /** Books one row. Rows come in order of time. */
  charge(rows: CanonicalBatch, row: number): void {
    const { table } = this
    const timeMs = this.timed ? rows.batch.timeMs[row] : 0
    const lo = rows.domainLo[row]
    const hi = rows.domainHi[row] || 1
    const prefixOctets = rows.domainOffset[row]
    const nameClass = rows.nameClass[row]
    let at = table.find(lo, hi)
    this.bookedWhole = false
    this.scoredRow = -1
    if (at < 0) {
      const invented = nameClass === NAME_CLASS.invented || nameClass === NAME_CLASS.single
      // A bare registered domain says nothing: it had to be registered first. An invented one did not.
      if (prefixOctets === 0 && !invented) return
      at = table.insert(lo, hi, timeMs)
      if (at < 0) return
      if (invented && rows.counted[row] === 1) {
        this.bookInvented(rows, row, timeMs)
        this.bookedWhole = true
      }
    }
    let state = (table.flags(at) & ROW_FLAG.rich) !== 0 ? this.rich.get(lo, hi) : undefined
    if (rows.counted[row] === 1) countQuery(table, at)
    if (state && timeMs - state.lastMs > CLOSE_MS) state = this.tiers.reopen(state, timeMs, rows.batch.input[row])
    if (state) this.tiers.touch(state)
    const tally = state ? tallyRow(state, rows, row, timeMs) : undefined
    if (prefixOctets === 0) return
    const nameLo = rows.nameLo[row]
    const nameHi = rows.nameHi[row]
    // A rich domain's first names are known by the row's fingerprints, all later ones exactly.
    if (
      state
        ? isKnownInRow(table, at, nameLo, nameHi) || !state.names.add(nameLo, nameHi)
        : !addToRow(table, at, nameLo, nameHi)
    ) {
      if (state && tally) this.chargeCase(rows, row, at, timeMs, state, tally)
      return
    }
    if (rows.referred[row] === 1) return
    this.chargeNovel(rows, row, at, timeMs, state, tally)
  }

  /** Charges what the case of a known name's letters may say. */
  private chargeCase(
    rows: CanonicalBatch,
    row: number,
    at: number,
    timeMs: number,
    state: DomainState,
    tally: ClientTally,
  ): void {
    const octets = this.timed ? caseOctets(state, tally, rows, row) : 0
    if (octets === 0) return
    chargeRow(this.table, at, timeMs, octets)
    state.octets += octets
    tally.octets += octets
    decideDomain(state, this.model.thresholds, this.table, at, tally, timeMs, this.parts)
  }

  /** Charges a name its domain never heard before, tests it, and decides. */
  private chargeNovel(
    rows: CanonicalBatch,
    row: number,
    at: number,
    timeMs: number,
    known: DomainState | undefined,
    knownTally: ClientTally | undefined,
  ): void {
    const { table, prefix, coder } = this
    const { batch } = rows
    const nameClass = rows.nameClass[row]
    prefix.read(batch.arena, batch.nameStart[row], rows.domainOffset[row])
    if (known?.adaptive.isNew) this.catchUp(known)
    let bits = coder.bits(prefix, known)
    if (nameClass === NAME_CLASS.reverse) bits = Math.max(FLOOR_BITS, Math.min(bits, rows.formBits[row]))
    if (nameClass === NAME_CLASS.local) bits = FLOOR_BITS
    const octets = bits / 8
    let state = known
    let tally = knownTally
    if (!state && this.tiers.earnsRich(at, octets)) {
      state = this.tiers.promote(rows, row, at)
      if (state) tally = tallyRow(state, rows, row, timeMs)
      if (tally) this.tiers.handOver(at, tally)
    }
    chargeRow(table, at, timeMs, octets)
    countNovel(table, at, prefix.length)
    const scored = nameClass === NAME_CLASS.ordinary || nameClass === NAME_CLASS.invented
    if (scored && !(state && isSettled(state) && !this.tap)) {
      this.scoreNew(rows, row, known)
      this.step(at, tally, batch.rcode[row] >= 0)
    }
    if (state && tally) {
      noteNovel(state, tally, prefix.length, octets, timeMs, table.floats[at + WORD.account + 1])
      const { arena, nameStart, nameLength, qtype } = batch
      state.samples.keepName(arena, nameStart[row], nameLength[row], qtype[row], state.alert !== undefined)
      if (state.alert === undefined) {
        // What is kept for the judgement of a look-up service, and for scoring what is new, has done its work by then.
        if (state === known) coder.learnLabels(prefix, state)
        state.samples.keepPrefix(prefix.bytes, prefix.length)
      }
      if (rows.suffixShaped[row] === 1) state.suffixShaped++
      chargeDown(state, batch, row, timeMs, coder)
      if (!this.timed) decideListed(state, this.model.thresholds, table.floats[at + WORD.sumNames])
      else decideDomain(state, this.model.thresholds, table, at, tally, timeMs, this.parts)
      // At the end, as the state itself may have to give way.
      this.tiers.trimNowAndThen()
    }
    if (!scored || !this.timed || this.bookedWhole || state?.alert !== undefined) return
    if (!this.isRotation(state, table.floats[at + WORD.octets] - octets)) return
    this.note(rows, row, timeMs, octets, nameClass === NAME_CLASS.invented)
  }

  /**
   * Learns the name that opened a domain's state and was coded without it. Only now that a second one came, as a flood
   * of domains with one name each never gets as far. Who had to forget starts from nothing: learning the names kept anew
   * each time would cost more than they save.
   */
  private catchUp(state: DomainState): void {
    const [opening, another] = state.samples.ordered()
    if (opening === undefined || another !== undefined) return
    this.fresh.readText(opening)
    this.coder.learn(this.fresh, state)
  }

  /**
   * Scores what is new in the name: labels the domain showed before are left out, so that a tunnel cannot dilute its
   * payload with constant labels behind it, and a service's own constant labels make nothing suspicious.
   */
  private scoreNew(rows: CanonicalBatch, row: number, known: DomainState | undefined): void {
    const { prefix, fresh, coder, scorer } = this
    if (known) fresh.select(prefix, (label) => !coder.isKnownLabel(label))
    const shown = known && fresh.labelCount < prefix.labelCount ? fresh : prefix
    const bits = shown === prefix ? coder.lastLanguageBits : coder.languageBits(shown)
    scorer.score(shown, bits, rows.batch, row)
    this.scoredRow = row
    this.tap?.(rows, row, prefix, scorer, false)
  }

  /** One step of the sequential test: in the client's tally, or in the row while the domain is poor or has no times. */
  private step(at: number, tally: ClientTally | undefined, answered: boolean): void {
    const { floats } = this.table
    const { names, answers } = this.scorer
    if (!this.timed) {
      floats[at + WORD.sumNames] += clippedStep(names, true)
    } else if (tally) {
      tally.sumNames = sequentialStep(tally.sumNames, names, true)
      tally.sumAnswers = sequentialStep(tally.sumAnswers, answers, answered)
    } else {
      floats[at + WORD.sumNames] = sequentialStep(floats[at + WORD.sumNames], names, true)
      floats[at + WORD.sumAnswers] = sequentialStep(floats[at + WORD.sumAnswers], answers, answered)
    }
  }

  /** A name under a domain nobody had to register says all of itself: booked on its client (DESIGN.md 6, L0). */
  private bookInvented(rows: CanonicalBatch, row: number, timeMs: number): void {
    const { batch } = rows
    this.prefix.read(batch.arena, batch.nameStart[row], rows.domainOffset[row] + rows.domainLength[row])
    // One short label is a host's name or a browser's probe for a lying resolver: it costs the floor, by its form.
    const host = rows.nameClass[row] === NAME_CLASS.single && this.prefix.length <= HOST_LABEL_MAX
    const keyName = batch.qtype[row] === QTYPE_TKEY
    const octets = (host ? FLOOR_BITS : this.coder.bits(this.prefix, undefined)) / 8
    const { scorer } = this
    scorer.names = 0
    scorer.answers = 0
    if (!host && !keyName) {
      scorer.score(this.prefix, this.coder.languageBits(this.prefix), batch, row)
      this.tap?.(rows, row, this.prefix, scorer, true)
    }
    if (batch.rcode[row] === RCODE_NAME_ERROR) {
      // Nobody answered for the name: malware that guesses domains looks so. The account alone speaks of these.
      scorer.names = Math.min(0, scorer.names)
      scorer.answers = Math.min(0, scorer.answers)
    }
    if (this.timed) this.note(rows, row, timeMs, octets, true)
  }

  /**
   * Whether the name just scored counts for its client's rotation account: it reads like a tunnel's, and its domain is
   * one that few clients ask and that held little before it. A domain that holds more is judged by itself.
   */
  private isRotation(state: DomainState | undefined, octets: number): boolean {
    if (octets > RARE_OCTETS || this.scorer.answers < ROTATION_RATIO) return false
    return (
      !state || (state.alert === undefined && state.lookup === undefined && state.clients.list.length <= RARE_CLIENTS)
    )
  }

  private note(rows: CanonicalBatch, row: number, timeMs: number, octets: number, invented: boolean): void {
    this.facts.note(rows, row, timeMs, {
      octets,
      prefixOctets: this.prefix.length,
      namesStep: clippedStep(this.scorer.names, true),
      answersStep: clippedStep(this.scorer.answers, rows.batch.rcode[row] >= 0),
      invented,
    })
  }
}
