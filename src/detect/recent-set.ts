/**
 * A bounded memory of 64-bit hashes, two ways a bucket, with one number kept beside each.
 *
 * Answers "seen lately?" with no false yes but hash collisions (2^-64 a pair) and with a false no once a bucket was
 * overwritten by two later keys. Cost: 16 octets a slot, one cache line a question.
 */
export class RecentSet {
  private readonly keys: Uint32Array
  private readonly values: Float64Array
  private readonly mask: number

  /** `slots` must be a power of two. */
  constructor(slots: number) {
    this.keys = new Uint32Array(slots * 2)
    this.values = new Float64Array(slots)
    this.mask = slots - 2
  }

  /** The number kept for the key, or NaN where it is not (any more) known. */
  get(lo: number, hi: number): number {
    const slot = lo & this.mask
    for (let way = slot; way < slot + 2; way++) {
      if (this.keys[2 * way] === lo && this.keys[2 * way + 1] === hi && (lo | hi) !== 0) return this.values[way]
    }
    return Number.NaN
  }

  /** Remembers the key; the older of the bucket's two makes room. */
  set(lo: number, hi: number, value: number): void {
    const slot = lo & this.mask
    const keys = this.keys
    if (!(keys[2 * slot] === lo && keys[2 * slot + 1] === hi)) {
      // Newest first: the first way moves to the second, unless the second is this key's own.
      keys[2 * slot + 2] = keys[2 * slot]
      keys[2 * slot + 3] = keys[2 * slot + 1]
      this.values[slot + 1] = this.values[slot]
      keys[2 * slot] = lo
      keys[2 * slot + 1] = hi
    }
    this.values[slot] = value
  }
}
