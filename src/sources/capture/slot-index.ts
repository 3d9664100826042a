/** Steps of one look-up. Hashes are not secret: whoever forges collisions loses matches, never our time. */
export const CHAIN_MAX = 64

/**
 * Finds slots (numbers below a fixed capacity) by 64-bit hash: chained in typed arrays, no objects, constant-time
 * removal. The newest of equal hashes comes first; callers compare the real keys.
 *
 * @example
 * for (let slot = index.first(lo, hi); slot >= 0; slot = index.after(slot)) if (sameKey(slot)) return slot
 */
export class SlotIndex {
  /** First slot of each bucket plus one, 0 where it is empty: nothing to fill at the start. */
  private readonly heads: Int32Array
  private readonly nexts: Int32Array
  /** The slot before in the chain, or -1 - bucket for the first of one. */
  private readonly previous: Int32Array
  private readonly lo: Uint32Array
  private readonly hi: Uint32Array
  private readonly member: Uint8Array
  private readonly mask: number
  private steps = 0

  constructor(capacity: number) {
    const buckets = 2 ** Math.ceil(Math.log2(capacity * 2))
    this.mask = buckets - 1
    this.heads = new Int32Array(buckets)
    this.nexts = new Int32Array(capacity)
    this.previous = new Int32Array(capacity)
    this.lo = new Uint32Array(capacity)
    this.hi = new Uint32Array(capacity)
    this.member = new Uint8Array(capacity)
  }

  add(slot: number, lo: number, hi: number): void {
    const bucket = lo & this.mask
    const head = this.heads[bucket] - 1
    this.lo[slot] = lo
    this.hi[slot] = hi
    this.nexts[slot] = head
    this.previous[slot] = -1 - bucket
    if (head >= 0) this.previous[head] = slot
    this.heads[bucket] = slot + 1
    this.member[slot] = 1
  }

  /** Adds the slot as it stands in another index, if it does. */
  adopt(slot: number, from: SlotIndex): void {
    if (from.member[slot] === 1) this.add(slot, from.lo[slot], from.hi[slot])
  }

  /** Removes the slot where it is a member. */
  remove(slot: number): void {
    if (this.member[slot] === 0) return
    const next = this.nexts[slot]
    const before = this.previous[slot]
    if (before < 0) this.heads[-1 - before] = next + 1
    else this.nexts[before] = next
    if (next >= 0) this.previous[next] = before
    this.member[slot] = 0
  }

  /** The newest slot of this hash, or -1. */
  first(lo: number, hi: number): number {
    this.steps = 0
    return this.find(this.heads[lo & this.mask] - 1, lo, hi)
  }

  /** The next older slot with the hash of `slot`, or -1. */
  after(slot: number): number {
    return this.find(this.nexts[slot], this.lo[slot], this.hi[slot])
  }

  private find(slot: number, lo: number, hi: number): number {
    for (; slot >= 0 && this.steps < CHAIN_MAX; slot = this.nexts[slot]) {
      this.steps++
      if (this.lo[slot] === lo && this.hi[slot] === hi) return slot
    }
    return -1
  }
}
