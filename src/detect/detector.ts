import { BATCH_ROWS, type DnsBatch } from '../batch/dns-batch.ts'
import type { PublicSuffixes } from '../dns/public-suffix.ts'
import { Canonicaliser } from './canonical.ts'
import { CanonicalBatch, NAME_CLASS } from './canonical-batch.ts'
import type { ClientFact } from './client-facts.ts'
import { ClientStage } from './client-stage.ts'
import { ClosedMinutes } from './closed-minutes.ts'
import type { DetectionModel } from './detection-model.ts'
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
  /** Sees every batch after L0, before it is booked: for baselines that are measured in the same run. */
  onRows?(rows: CanonicalBatch): void
}

/** 32 MiB of rows: what the budget of DESIGN.md 9 leaves beside 20,000 rich domains. */
const ROWS_MAX = 1 << 19
const RICH_MAX = 20_000
const RICH_OCTETS_MAX = 20 * 1024 * 1024

/** Whoever owns some partitions books their rows and hands over their minutes; here in process, later anywhere. */
class Owner {
  readonly partitions: ReadonlyMap<number, Partition>

  constructor(partitions: ReadonlyMap<number, Partition>) {
    this.partitions = partitions
  }

  take(): ClientFact[] {
    return [...this.partitions.values()].flatMap((partition) => partition.facts.take())
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

  constructor(model: DetectionModel, suffixes: PublicSuffixes, options: DetectorOptions) {
    const limits = {
      rowsMax: (options.rowsMax ?? ROWS_MAX) / PARTITIONS,
      richMax: Math.ceil((options.richMax ?? RICH_MAX) / PARTITIONS),
      richOctetsMax: (options.richOctetsMax ?? RICH_OCTETS_MAX) / PARTITIONS,
    }
    this.timed = options.timed
    this.onRows = options.onRows?.bind(options)
    this.canonicaliser = new Canonicaliser(suffixes, options.seed ?? 0)
    this.clients = new ClientStage(model)
    const partitions = Array.from(
      { length: PARTITIONS },
      () => new Partition(model, limits, options.timed, options.tap),
    )
    this.partitions = partitions
    const owners = options.owners ?? 1
    this.owners = Array.from(
      { length: owners },
      (_, owner) => new Owner(new Map([...partitions.entries()].filter(([index]) => index % owners === owner))),
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

  /** Everything later scans need, for {@link encodeSnapshot}; call {@link finish} first. */
  memory(): Record<string, unknown> {
    return {
      canonical: this.canonicaliser.memory(),
      partitions: this.partitions.map(({ table, rich }) => ({ table, rich })),
      clients: this.clients.memory(),
    }
  }

  /** Takes what an earlier scan knew, before the first batch. */
  remember(memory: Record<string, unknown>): void {
    this.canonicaliser.remember(memory.canonical as object)
    this.clients.remember(memory.clients as ReturnType<ClientStage['memory']>)
    const partitions = memory.partitions as Pick<Partition, 'table' | 'rich'>[]
    for (const [index, { table, rich }] of partitions.entries()) {
      Object.assign(this.partitions[index].tiers, { table, rich })
      for (const state of rich.values()) state.carriedMs = state.lastMs
    }
    for (const group of this.clients.all()) group.carriedMs = group.lastMs
  }

  private book(owner: Owner, rows: CanonicalBatch, from: number, to: number): void {
    for (let row = from; row < to; row++) {
      if (rows.nameClass[row] === NAME_CLASS.none) continue
      owner.partitions.get(rows.domainHi[row] % PARTITIONS)?.charge(rows, row)
    }
  }

  private closeMinute(): void {
    const facts = this.owners.flatMap((owner) => owner.take())
    if (facts.length > 0) this.clients.take(facts)
  }
}
