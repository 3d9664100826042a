import { foldedCopy } from '../dns/folded-copy.ts'
import type { CanonicalBatch } from './canonical-batch.ts'
import type { ClientTally } from './client-tally.ts'
import { DomainState } from './domain-state.ts'
import { isKnownInRow, novelCount } from './flat-account.ts'
import { FlatTable, ROW_FLAG, WORD } from './flat-table.ts'
import { RichOctets } from './rich-octets.ts'
import { RichStore } from './rich-store.ts'

/** Octets of novelty, or distinct names, that earn a domain rich state: a `www` does not, a name made of data does. */
const RICH_OCTETS = 4
const RICH_NAMES = 3
/** Closed incidents kept of one partition until they are read. */
const CLOSED_MAX = 1000
/** Novel names of rich domains between two looks at their memory; more where the last look could free nothing. */
const TRIM_EVERY = 128
const TRIM_SELDOM = 4096

/** Bounds of one partition's memory. */
export interface TierLimits {
  /** Rows of 64 octets; a power of two. */
  readonly rowsMax: number
  readonly richMax: number
  /** Octets the rich domains may hold together. */
  readonly richOctetsMax: number
}

/**
 * The two memory tiers of one partition (DESIGN.md 3) and the way between them: a row of 64 octets for every domain that
 * says something, rich state for those that earn it, and back where they must give way.
 */
export class Tiers {
  table: FlatTable
  rich: RichStore
  readonly closed: DomainState[] = []
  private readonly limits: TierLimits
  private readonly timed: boolean
  private readonly richOctets = new RichOctets()
  /** Novel names until memory is looked at again; kept with the rest, as what is forgotten depends on when. */
  chargedToTrim: number = TRIM_EVERY

  constructor(limits: TierLimits, timed: boolean) {
    this.limits = limits
    this.timed = timed
    this.table = new FlatTable(limits.rowsMax)
    this.rich = new RichStore(limits.richMax)
  }

  /** Called for every row of a rich domain, which may take more memory then. */
  touch(state: DomainState): void {
    this.richOctets.touch(state)
  }

  /** Called for every novel name: now and then, holds the rich domains to their memory. */
  trimNowAndThen(): void {
    if (--this.chargedToTrim > 0) return
    this.chargedToTrim = TRIM_EVERY
    const { richOctetsMax } = this.limits
    if (this.richOctets.of(this.rich) <= richOctetsMax) return
    if (!this.rich.trim(richOctetsMax, (poor) => this.demote(poor))) this.chargedToTrim = TRIM_SELDOM
    this.richOctets.forgetAll()
  }

  /** Closes a domain's incident (DESIGN.md 4) and starts counting anew; what was heard before stays heard. */
  reopen(state: DomainState, timeMs: number, input: number): DomainState {
    const fresh = state.reopened(timeMs, input)
    if (state.alert !== undefined && this.closed.length < CLOSED_MAX) this.closed.push(state)
    this.rich.delete(state)
    this.richOctets.forget(state)
    this.rich.add(fresh)
    return fresh
  }

  /** Whether a domain with one more name of this many octets may have rich state. */
  earnsRich(at: number, octets: number): boolean {
    const { table } = this
    return table.floats[at + WORD.octets] + octets >= RICH_OCTETS || novelCount(table, at) + 1 >= RICH_NAMES
  }

  /** Opens rich state for the row's domain, if it may come in, with what the flat row remembers. */
  promote(rows: CanonicalBatch, row: number, at: number): DomainState | undefined {
    const { table, rich } = this
    const { batch } = rows
    const octets = table.floats[at + WORD.octets]
    if (!rich.admit(octets, (poor) => this.demote(poor))) return undefined
    const start = batch.nameStart[row] + rows.domainOffset[row]
    const domain = foldedCopy(batch.arena, start, rows.domainLength[row])
    const firstMs = this.timed ? table.doubles[at / 2 + 1] : Number.NaN
    const state = new DomainState(
      rows.domainLo[row],
      rows.domainHi[row] || 1,
      domain,
      rows.nameClass[row],
      firstMs,
      batch.input[row],
    )
    state.queries = (table.words[at + WORD.counters] & 0xffff) - rows.counted[row]
    state.novelNames = novelCount(table, at)
    state.octets = octets
    state.prefixOctets = table.words[at + WORD.prefixOctets]
    // A row that was full of other names does not hold this one.
    if (!isKnownInRow(table, at, rows.nameLo[row], rows.nameHi[row]))
      state.names.add(rows.nameLo[row], rows.nameHi[row])
    rich.add(state)
    this.touch(state)
    table.addFlag(at, ROW_FLAG.rich)
    return state
  }

  /** A domain that must give way leaves the evidence so far in its row. */
  private demote(poor: DomainState): void {
    const { table } = this
    this.richOctets.forget(poor)
    const at = table.find(poor.lo, poor.hi)
    if (at < 0) return
    table.clearFlag(at, ROW_FLAG.rich)
    for (const { sumNames, sumAnswers } of poor.clients.list) {
      table.floats[at + WORD.sumNames] = Math.max(table.floats[at + WORD.sumNames], sumNames)
      table.floats[at + WORD.sumAnswers] = Math.max(table.floats[at + WORD.sumAnswers], sumAnswers)
    }
  }

  /** The row's past goes to the client that brought the domain in; with three names at most that is nearly always right. */
  handOver(at: number, tally: ClientTally): void {
    const { floats } = this.table
    // Of the earlier queries only one a name: what else its clients asked meanwhile is unknown, and a share needs both.
    const names = novelCount(this.table, at)
    tally.queries += names
    tally.totalFirst = Math.max(0, tally.totalFirst - names)
    tally.octets = floats[at + WORD.octets]
    tally.sumNames = floats[at + WORD.sumNames]
    tally.sumAnswers = floats[at + WORD.sumAnswers]
  }
}
