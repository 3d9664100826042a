import { type CanonicalBatch, NAME_CLASS } from '../../detect/canonical-batch.ts'
import { ACCOUNT_SECONDS } from '../../detect/detection-model.ts'
import { type Detector, PARTITIONS } from '../../detect/detector.ts'
import { WORD } from '../../detect/flat-table.ts'
import { HashSet } from '../../detect/hash-set.ts'
import { presentName } from '../../detect/present.ts'
import { DistinctCount } from '../../stats/distinct-count.ts'
import type { DomainKey } from './domain-key.ts'
import { NearestNames } from './nearest-names.ts'

/** Clients told apart; an explanation is read by a person. */
const CLIENTS_MAX = 1000
const SAMPLES_MAX = 8
/** Domains remembered as offered already; forgetting them costs time only. */
const OFFERED_MAX = 1 << 18

/** What the rows of one observation say about the watched domain. */
export class WatchedRows {
  queries = 0
  /** Sent again, or seen a second time on the other side of a resolver. */
  repeats = 0
  /** Queries for the domain itself: nothing stands in front of it. */
  bare = 0
  /** Queries for names that stood in an earlier answer, which the client did not choose. */
  referred = 0
  firstMs: number = Number.NaN
  lastMs: number = Number.NaN
  readonly names: DistinctCount = new DistinctCount()
  readonly samples: Uint8Array[] = []
  readonly clients: Map<string, { address: Uint8Array; queries: number }> = new Map()
  readonly qtypes: Map<number, number> = new Map()
  /** Highest account at each time scale. */
  readonly accounts: Float64Array = new Float64Array(ACCOUNT_SECONDS.length)

  take(rows: CanonicalBatch, row: number): void {
    const { batch } = rows
    const timeMs = batch.timeMs[row]
    if (!(timeMs >= this.firstMs)) this.firstMs = timeMs
    if (!(timeMs <= this.lastMs)) this.lastMs = timeMs
    this.takeName(rows, row)
    if (rows.counted[row] === 0) {
      this.repeats++
      return
    }
    this.queries++
    if (rows.domainOffset[row] === 0) this.bare++
    if (rows.referred[row] === 1) this.referred++
    this.qtypes.set(batch.qtype[row], (this.qtypes.get(batch.qtype[row]) ?? 0) + 1)
    if (rows.clientLo[row] !== 0 || rows.clientHi[row] !== 0) this.takeClient(rows, row)
  }

  private takeName(rows: CanonicalBatch, row: number): void {
    const { batch } = rows
    const wanted = this.samples.length < SAMPLES_MAX
    // Asked only while it is exact: later it costs a walk over the sketch.
    const known = wanted ? this.names.value : 0
    this.names.add(rows.nameLo[row], rows.nameHi[row])
    if (!wanted || this.names.value === known) return
    this.samples.push(batch.arena.slice(batch.nameStart[row], batch.nameStart[row] + batch.nameLength[row]))
  }

  private takeClient(rows: CanonicalBatch, row: number): void {
    const key = `${rows.clientLo[row]},${rows.clientHi[row]}`
    const known = this.clients.get(key)
    if (known) known.queries++
    else if (this.clients.size < CLIENTS_MAX) {
      this.clients.set(key, { address: rows.batch.client.slice(row * 16, row * 16 + 16), queries: 1 })
    }
  }
}

/** Watches one domain through the hooks of a detector, which it does not change, observation by observation. */
export class DomainWatch {
  rows = new WatchedRows()
  readonly nearest: NearestNames
  private readonly key: DomainKey
  private readonly offered = new HashSet(OFFERED_MAX)
  private detector: Detector | undefined

  constructor(key: DomainKey) {
    this.key = key
    this.nearest = new NearestNames(key.domain)
  }

  /** A new observation. */
  begin(detector: Detector): void {
    this.detector = detector
    this.rows = new WatchedRows()
  }

  onRows(rows: CanonicalBatch): void {
    for (let row = 0; row < rows.batch.rows; row++) {
      if (rows.nameClass[row] === NAME_CLASS.none) continue
      if (rows.domainLo[row] === this.key.lo && rows.domainHi[row] === this.key.hi) this.rows.take(rows, row)
      else if (this.offered.add(rows.domainLo[row], rows.domainHi[row])) this.nearest.add(domainText(rows, row))
    }
  }

  /** Called when a name was charged: the account at that moment is a peak or below one. */
  onCharge(rows: CanonicalBatch, row: number): void {
    if (rows.domainLo[row] === this.key.lo && rows.domainHi[row] === this.key.hi) this.readAccounts()
  }

  /** Takes the domain's present account at each time scale into the highest ones. */
  readAccounts(): void {
    const partition = this.detector?.partitions[this.key.hi % PARTITIONS]
    const at = partition ? partition.table.find(this.key.lo, this.key.hi || 1) : -1
    if (!partition || at < 0) return
    const { accounts } = this.rows
    for (let scale = 0; scale < accounts.length; scale++) {
      accounts[scale] = Math.max(accounts[scale], partition.table.floats[at + WORD.account + scale])
    }
  }
}

function domainText(rows: CanonicalBatch, row: number): string {
  const start = rows.batch.nameStart[row] + rows.domainOffset[row]
  return presentName(rows.batch.arena.subarray(start, start + rows.domainLength[row])).toLowerCase()
}
