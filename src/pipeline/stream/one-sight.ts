import type { DnsBatch } from '../../batch/dns-batch.ts'

/** Sights that wait for another of the same query. */
const SLOTS = 1 << 16
/** A query log may have no more than seconds, and two clocks differ. */
const WITHIN_MS = 2000

/**
 * One query seen at several places counts once: of a row from one source and a row from another that say the same client, name and
 * type within two seconds, the first is judged and the other is left out. Of the same source every row counts: who asks twice is seen
 * twice at each place, and each of those is matched with one at the other.
 *
 * A table of fixed size; what does not fit is not recognised, and counts twice.
 */
export class OneSight {
  private readonly hashes = new Float64Array(SLOTS)
  private readonly timesMs = new Float64Array(SLOTS).fill(Number.NEGATIVE_INFINITY)
  private readonly sources = new Uint16Array(SLOTS)

  /** Whether the row was seen at another place already; else it waits to be seen there. */
  isSecond(batch: DnsBatch, row: number, source: number): boolean {
    const hash = this.hashOf(batch, row)
    const timeMs = batch.timeMs[row]
    // Two places for a hash: of a burst of equal queries more than one waits.
    let free = -1
    for (let step = 0; step < 4; step++) {
      const slot = (hash + step) & (SLOTS - 1)
      const isOld = !(Math.abs(timeMs - this.timesMs[slot]) <= WITHIN_MS)
      if (isOld) {
        if (free < 0) free = slot
        continue
      }
      if (this.hashes[slot] !== hash || this.sources[slot] === source) continue
      this.timesMs[slot] = Number.NEGATIVE_INFINITY
      return true
    }
    const slot = free < 0 ? hash & (SLOTS - 1) : free
    this.hashes[slot] = hash
    this.timesMs[slot] = timeMs
    this.sources[slot] = source
    return false
  }

  private hashOf(batch: DnsBatch, row: number): number {
    const { arena } = batch
    let hash = 0x811c9dc5
    const start = batch.nameStart[row]
    for (let at = start; at < start + batch.nameLength[row]; at++) {
      const octet = arena[at]
      hash = Math.imul(hash ^ (octet >= 0x41 && octet <= 0x5a ? octet + 32 : octet), 0x01000193)
    }
    hash = Math.imul(hash ^ batch.qtype[row], 0x01000193)
    for (let at = 0; at < 16; at++) hash = Math.imul(hash ^ batch.client[16 * row + at], 0x01000193)
    return (hash ^ (hash >>> 15)) >>> 0
  }
}
