import type { CanonicalBatch } from '../../detect/canonical-batch.ts'
import { ACCOUNT_SECONDS } from '../../detect/detection-model.ts'
import { HashSet } from '../../detect/hash-set.ts'
import { WindowBook } from '../../detect/window-book.ts'
import { WindowTally } from '../../features/window/window-tally.ts'
import { DistinctCount } from '../../stats/distinct-count.ts'

/** Clients told apart; an explanation is read by a person. */
const CLIENTS_MAX = 1000
const SAMPLES_MAX = 8
/** Names known as heard before; past so many they count as new again. */
const HEARD_MAX = 1 << 16

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
  /** What the window model reads: the observation is the domain's window. */
  readonly window: WindowTally = new WindowTally()
  private readonly book = new WindowBook()
  private readonly heard = new HashSet(HEARD_MAX)
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
    const prefixOctets = rows.domainOffset[row]
    const isNew = prefixOctets > 0 && this.heard.add(rows.nameLo[row], rows.nameHi[row])
    this.book.book(this.window, rows, row, prefixOctets, isNew && rows.referred[row] === 0)
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
