import { hashed, hashOctets } from '../../stats/hash.ts'

/** Members told apart; a domain with more of anything is not told apart from one with this many. */
const MEMBERS_MAX = 1024
/** Two hash halves in the 53 bits that a number holds exactly. */
const HIGH_BITS = 0x1fffff
const HIGH_WEIGHT = 2 ** 32

/** How many distinct things there were, exact up to 1,024. */
export class CappedSet {
  private readonly keys = new Set<number>()

  get size(): number {
    return this.keys.size
  }

  add(lo: number, hi: number): void {
    if (this.keys.size < MEMBERS_MAX) this.keys.add((hi & HIGH_BITS) * HIGH_WEIGHT + lo)
  }

  addText(bytes: Uint8Array, start: number, end: number): void {
    hashOctets(bytes, start, end - start, 0, false)
    this.add(hashed.lo, hashed.hi)
  }
}
