/** Steps of one look-up. Hashes are not secret: whoever forges collisions loses matches, never our time. */
export const CHAIN_MAX = 64

const LINK = 4
const BEFORE = 1
const LOW = 2
const HIGH = 3

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
  /**
   * Four words a slot, together, as they are met together: the next slot of the chain plus one, 0 at its end; the one
   * before plus one, -1 - bucket for the first, 0 for a slot that is in no chain; the hash, low and high.
   */
  private readonly links: Int32Array
  private readonly mask: number
  private steps = 0

  constructor(capacity: number) {
    const buckets = 2 ** Math.ceil(Math.log2(capacity * 2))
    this.mask = buckets - 1
    this.heads = new Int32Array(buckets)
    this.links = new Int32Array(capacity * LINK)
  }

  add(slot: number, lo: number, hi: number): void {
    const { heads, links } = this
    const bucket = lo & this.mask
    const head = heads[bucket]
    const at = slot * LINK
    links[at] = head
    links[at + BEFORE] = -1 - bucket
    links[at + LOW] = lo
    links[at + HIGH] = hi
    if (head > 0) links[(head - 1) * LINK + BEFORE] = slot + 1
    heads[bucket] = slot + 1
  }

  /** Adds the slot as it stands in another index, if it does. */
  adopt(slot: number, from: SlotIndex): void {
    const at = slot * LINK
    if (from.links[at + BEFORE] !== 0) this.add(slot, from.links[at + LOW], from.links[at + HIGH])
  }

  /** Removes the slot where it is a member. */
  remove(slot: number): void {
    const { links } = this
    const at = slot * LINK
    const before = links[at + BEFORE]
    if (before === 0) return
    const next = links[at]
    if (before < 0) this.heads[-1 - before] = next
    else links[(before - 1) * LINK] = next
    if (next > 0) links[(next - 1) * LINK + BEFORE] = before
    links[at + BEFORE] = 0
  }

  /** The newest slot of this hash, or -1. */
  first(lo: number, hi: number): number {
    this.steps = 0
    return this.find(this.heads[lo & this.mask] - 1, lo | 0, hi | 0)
  }

  /** The next older slot with the hash of `slot`, or -1. */
  after(slot: number): number {
    const { links } = this
    const at = slot * LINK
    return this.find(links[at] - 1, links[at + LOW], links[at + HIGH])
  }

  private find(slot: number, lo: number, hi: number): number {
    const { links } = this
    for (; slot >= 0 && this.steps < CHAIN_MAX; slot = links[slot * LINK] - 1) {
      this.steps++
      if (links[slot * LINK + LOW] === lo && links[slot * LINK + HIGH] === hi) return slot
    }
    return -1
  }
}
