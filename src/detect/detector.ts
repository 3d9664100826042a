import { BATCH_ROWS, type DnsBatch } from '../batch/dns-batch.ts'
import type { PublicSuffixes } from '../dns/public-suffix.ts'
import { Canonicaliser } from './canonical.ts'
import { CanonicalBatch, NAME_CLASS } from './canonical-batch.ts'
import type { ClientFact } from './client-facts.ts'
import { ClientStage } from './client-stage.ts'
import { ClosedMinutes } from './closed-minutes.ts'
import type { DetectionModel } from './detection-model.ts'
import type { DomainState } from './domain-state.ts'
import { Partition, type ScoreTap } from './partition.ts'

/** The state is cut into this many partitions, whatever the number of owners (DESIGN.md 3). */
export const PARTITIONS = 16

/** What a detector is made with; everything has a value that suits a scan. */
export interface DetectorOptions {
  /** Whether rows have times. */
  readonly timed: boolean
  /** Owners the partitions are dealt out to; the result is the same for any number. */
  readonly owners?: number
  /** Rows of 64 octets over all partitions, and domains with rich state. */
  readonly rowsMax?: number
  readonly richMax?: number
  /** Octets of memory of the rich domains, as far as they can be estimated. */
  readonly richOctetsMax?: number
  /** Seed of the hashes. */
  readonly seed?: number
  readonly tap?: ScoreTap
  /** Partitions the state is cut into, {@link PARTITIONS} if not said. */
  readonly partitions?: number
  /** This detector is one of so many that share the domains between them, and the memory limits above. */
  readonly parts?: number
  /** Gets the facts of each closed minute, and where the open one begins, in place of a client stage in here. */
  onMinute?(facts: ClientFact[], startMs: number): void
  /** Sees each row once it is booked, with the partition that holds its domain. */
  onBooked?(rows: CanonicalBatch, row: number, partition: Partition): void
  /** Sees every batch after L0, before it is booked: for baselines that are measured in the same run. */
  onRows?(rows: CanonicalBatch): void
}

/** 32 MiB of rows: what the budget of DESIGN.md 9 leaves beside 20,000 rich domains. */
const ROWS_MAX = 1 << 19
const RICH_MAX = 20_000
const RICH_OCTETS_MAX = 20 * 1024 * 1024
/** Rows of one bucket: less is no table. */
const ROWS_LEAST = 8

/** Whoever owns some partitions books their rows and hands over their minutes; here in process, later anywhere. */
class Owner {
  /** By their number; undefined for those of others. */
  readonly partitions: readonly (Partition | undefined)[]

  constructor(partitions: readonly (Partition | undefined)[]) {
    this.partitions = partitions
  }

  take(): ClientFact[] {
    return this.partitions.flatMap((partition) => partition?.facts.take() ?? [])
  }
}

/**
 * One observation's detection: L0 over all rows in order, partitions by registered domain, the client stage by closed
 * minute. Feed it batches in order of time, call {@link finish} once, read the state.
 */
export class Detector {
  readonly clients: ClientStage
  readonly partitions: readonly Partition[]
  /** Rows that asked for a name. */
  rows = 0
  private readonly owners: Owner[]
  private readonly canonicaliser: Canonicaliser
  private canonical = new CanonicalBatch(BATCH_ROWS)
  private readonly minutes = new ClosedMinutes()
  private readonly timed: boolean
  private readonly onRows: DetectorOptions['onRows']
  private readonly onMinute: DetectorOptions['onMinute']
  private readonly onBooked: DetectorOptions['onBooked']

  constructor(model: DetectionModel, suffixes: PublicSuffixes, options: DetectorOptions) {
    const { partitions: count = PARTITIONS, parts = 1, timed, tap } = options
    const shares = count * parts
    const limits = {
      rowsMax: Math.max(ROWS_LEAST, powerBelow((options.rowsMax ?? ROWS_MAX) / shares)),
      richMax: Math.ceil((options.richMax ?? RICH_MAX) / shares),
      richOctetsMax: (options.richOctetsMax ?? RICH_OCTETS_MAX) / shares,
    }
    this.timed = timed
    this.onRows = options.onRows?.bind(options)
    this.onMinute = options.onMinute?.bind(options)
    this.onBooked = options.onBooked?.bind(options)
    this.canonicaliser = new Canonicaliser(suffixes, options.seed ?? 0, parts)
    this.clients = new ClientStage(model)
    const partitions = Array.from({ length: count }, () => new Partition(model, limits, { timed, parts, tap }))
    this.partitions = partitions
    const owners = options.owners ?? 1
    this.owners = Array.from(
      { length: owners },
      (_, owner) => new Owner(partitions.map((partition, i) => (i % owners === owner ? partition : undefined))),
    )
  }

  /** Books a batch whose rows are in order of time, across batches too. */
  process(batch: DnsBatch): void {
    if (batch.rows > this.canonical.capacity) this.canonical = new CanonicalBatch(batch.rows)
    const rows = this.canonical
    this.canonicaliser.canonicalise(batch, rows)
    this.rows += batch.rows
    this.onRows?.(rows)
    // Stretches of one minute: inside one, owners work alone; at its end they hand over.
    for (let from = 0; from < batch.rows; ) {
      let to = from + 1
      if (this.timed) {
        if (this.minutes.isPast(batch.timeMs[from])) this.closeMinute()
        while (to < batch.rows && !this.minutes.isBeyond(batch.timeMs[to])) to++
      } else to = batch.rows
      for (const owner of this.owners) this.book(owner, rows, from, to)
      from = to
    }
  }

  /** Hands over the last minute. */
  finish(): void {
    this.closeMinute()
  }

  /** Where the minute being gathered begins. */
  get minuteStartMs(): number {
    return this.minutes.startMs
  }

  /** Closes the minute being gathered, as if a row of the next one had come. */
  closeOpenMinute(): void {
    this.advance(this.minutes.endMs)
  }

  /** Says that the time is `timeMs`, so that a minute no row comes after is closed too. */
  advance(timeMs: number): void {
    if (Number.isFinite(timeMs) && this.minutes.isPast(timeMs)) this.closeMinute()
  }

  /** The state of a domain by its hash, the one that was open at `timeMs` where there were several; undefined where it earned none. */
  stateOf(lo: number, hi: number, timeMs: number): DomainState | undefined {
    const partition = this.partitions[hi % this.partitions.length]
    const open = partition.rich.get(lo, hi || 1)
    if (partition.closed.length === 0 || (open && !(timeMs < open.firstMs))) return open
    return (
      partition.closed.findLast((state) => state.lo === lo && state.hi === (hi || 1) && !(timeMs < state.firstMs)) ??
      open
    )
  }

  /** Everything later scans need, for {@link encodeSnapshot}; call {@link finish} first. */
  memory(): Record<string, unknown> {
    return {
      canonical: this.canonicaliser.memory(),
      partitions: this.partitions.map(({ table, rich }) => ({ table, rich })),
      clients: this.clients.memory(),
    }
  }

  /** As {@link memory}, in the middle of a minute: whoever takes it goes on as if there had been no break. */
  memoryNow(): Record<string, unknown> {
    const open = this.partitions.map(({ facts, tiers }) => ({ facts, chargedToTrim: tiers.chargedToTrim }))
    return { ...this.memory(), minutes: this.minutes, open }
  }

  /** Goes on from {@link memoryNow}: nothing is carried over, as nothing ended. */
  resume(memory: Record<string, unknown>): void {
    this.take(memory)
    Object.assign(this.minutes, memory.minutes)
    const open = memory.open as { facts: Partition['facts']; chargedToTrim: number }[]
    for (const [index, { facts, chargedToTrim }] of open.entries()) {
      Object.assign(this.partitions[index].facts, facts)
      this.partitions[index].tiers.chargedToTrim = chargedToTrim
    }
  }

  /** Takes what an earlier scan knew, before the first batch. */
  remember(memory: Record<string, unknown>): void {
    this.take(memory)
    for (const { rich } of this.partitions) for (const state of rich.values()) state.carriedMs = state.lastMs
    for (const group of this.clients.all()) group.carriedMs = group.lastMs
  }

  private take(memory: Record<string, unknown>): void {
    this.canonicaliser.remember(memory.canonical as object)
    this.clients.remember(memory.clients as ReturnType<ClientStage['memory']>)
    const partitions = memory.partitions as Pick<Partition, 'table' | 'rich'>[]
    for (const [index, { table, rich }] of partitions.entries()) {
      Object.assign(this.partitions[index].tiers, { table, rich })
    }
  }

  private book(owner: Owner, rows: CanonicalBatch, from: number, to: number): void {
    const { length } = this.partitions
    for (let row = from; row < to; row++) {
      if (rows.nameClass[row] === NAME_CLASS.none) continue
      const partition = owner.partitions[rows.domainHi[row] % length]
      if (partition === undefined) continue
      partition.charge(rows, row)
      this.onBooked?.(rows, row, partition)
    }
  }

  private closeMinute(): void {
    const facts = this.owners.flatMap((owner) => owner.take())
    if (this.onMinute) this.onMinute(facts, this.minutes.startMs)
    else if (facts.length > 0) this.clients.take(facts)
  }
}

/** The greatest power of two not above `value`. */
function powerBelow(value: number): number {
  return 2 ** Math.floor(Math.log2(value))
}
