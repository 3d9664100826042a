/** Gaps kept for the median. */
const KEPT = 8
/** Queries nearer than this are one act (A and AAAA, a burst): the gap is to the next act. */
const SAME_ACT_MS = 1
const STRONG_RATIO = 1.05
const WEAK_RATIO = 1.3

/**
 * Gaps between the queries of a domain, in 60 octets of numbers: how often one is like the one before, and eight gaps
 * spread evenly over all that were seen, for the median. Takes no chance: when the eight are full, every other one goes
 * and from then on half as many come in. Feed it times in order; a time that is not after the last is passed over.
 */
export class GapStats {
  /** Pairs of neighbouring gaps, and those within 5 % and within 30 % of each other. */
  pairs = 0
  strong = 0
  weak = 0
  private lastMs = Number.NaN
  private lastGap = 0
  private stride = 1
  private wait = 1
  private kept = 0
  private readonly sample = new Float32Array(KEPT)

  add(timeMs: number): void {
    if (!Number.isFinite(timeMs)) return
    const gap = timeMs - this.lastMs
    if (gap < SAME_ACT_MS) return
    this.lastMs = timeMs
    if (Number.isNaN(gap)) return
    if (this.lastGap > 0) {
      const ratio = Math.max(gap, this.lastGap) / Math.min(gap, this.lastGap)
      this.pairs++
      if (ratio < STRONG_RATIO) this.strong++
      if (ratio < WEAK_RATIO) this.weak++
    }
    this.lastGap = gap
    if (--this.wait === 0) this.keep(gap)
  }

  /** Median of the kept gaps in milliseconds, 0 where there is none. */
  get median(): number {
    const sorted = this.sample.slice(0, this.kept).sort()
    return sorted.length === 0 ? 0 : sorted[sorted.length >> 1]
  }

  private keep(gap: number): void {
    if (this.kept === KEPT) {
      for (let i = 1; i < KEPT / 2; i++) this.sample[i] = this.sample[i * 2]
      this.kept = KEPT / 2
      this.stride *= 2
    }
    this.sample[this.kept++] = gap
    this.wait = this.stride
  }
}
