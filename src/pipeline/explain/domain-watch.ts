import { copyRow } from '../../batch/copy-row.ts'
import { DnsBatch } from '../../batch/dns-batch.ts'
import { type CanonicalBatch, NAME_CLASS } from '../../detect/canonical-batch.ts'
import { type Detector, PARTITIONS } from '../../detect/detector.ts'
import { WORD } from '../../detect/flat-table.ts'
import { HashSet } from '../../detect/hash-set.ts'
import { presentName } from '../../detect/present.ts'
import type { Watcher } from '../run.ts'
import type { DomainKey } from './domain-key.ts'
import { NearestNames } from './nearest-names.ts'
import { WatchedRows } from './watched-rows.ts'

/** Domains remembered as offered already; forgetting them costs time only. */
const OFFERED_MAX = 1 << 18

/**
 * Watches one domain through the hooks of a detector, which it does not change, observation by observation. Batches with
 * rows of the domain are handed on row by row, so that its account is read after every charge and no peak is missed.
 */
export class DomainWatch implements Watcher {
  rows = new WatchedRows()
  readonly nearest: NearestNames
  private readonly key: DomainKey
  private readonly offered = new HashSet(OFFERED_MAX)
  private readonly single = new DnsBatch(1)
  private detector: Detector | undefined

  constructor(key: DomainKey) {
    this.key = key
    this.nearest = new NearestNames(key.domain)
  }

  /** A new observation. */
  onDetector(detector: Detector): void {
    this.detector = detector
    this.rows = new WatchedRows()
  }

  *cut(batch: DnsBatch): Generator<DnsBatch> {
    if (!hasRowsUnder(batch, this.key.wire)) {
      yield batch
      return
    }
    for (let row = 0; row < batch.rows; row++) {
      this.single.clear()
      copyRow(batch, row, this.single)
      yield this.single
    }
  }

  /** Sees rows before they are booked, and so what became of those before them. */
  onRows(rows: CanonicalBatch): void {
    this.readAccounts()
    for (let row = 0; row < rows.batch.rows; row++) {
      if (rows.nameClass[row] === NAME_CLASS.none) continue
      if (rows.domainLo[row] === this.key.lo && rows.domainHi[row] === this.key.hi) this.rows.take(rows, row)
      else if (this.offered.add(rows.domainLo[row], rows.domainHi[row])) this.nearest.add(domainText(rows, row))
    }
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

/** Whether some name of the batch ends with the octets of `folded`, whatever its case. */
function hasRowsUnder(batch: DnsBatch, folded: Uint8Array): boolean {
  const { arena, nameStart, nameLength, rows } = batch
  for (let row = 0; row < rows; row++) {
    const from = nameStart[row] + nameLength[row] - folded.length
    let i = folded.length - 1
    while (i >= 0 && from + i >= nameStart[row] && fold(arena[from + i]) === folded[i]) i--
    if (i < 0) return true
  }
  return false
}

function fold(octet: number): number {
  return octet >= 0x41 && octet <= 0x5a ? octet + 32 : octet
}

function domainText(rows: CanonicalBatch, row: number): string {
  const start = rows.batch.nameStart[row] + rows.domainOffset[row]
  return presentName(rows.batch.arena.subarray(start, start + rows.domainLength[row])).toLowerCase()
}
