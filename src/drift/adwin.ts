import type { DriftDetector } from './drift-detector.ts'

/** Buckets of one size; one more and the two oldest become one of double the size. */
const BUCKETS = 5
/** Sizes of 2^0 to 2^39: longer than any stream. */
const LEVELS = 40
/** Values between two looks: looking costs more than adding. */
const CLOCK = 32
/** Values a side of a cut must have, and those before the first look. */
const SIDE_MIN = 5
const GRACE = 10
const HEAD = 6

/**
 * ADWIN: a window that grows while its mean stays, and drops its old end as soon as two parts of it differ by more than
 * chance allows. Cut where |m0 - m1| >= e, e = sqrt(2 v d / m) + 2 d / (3 m), with 1/m = 1/n0 + 1/n1, d = ln(2 ln(n) / delta)
 * and v the variance of the window. Kept as an exponential histogram: five sums of each power of two, so that a window of a
 * million values takes some hundred numbers.
 *
 * @example
 * const adwin = new Adwin(0.002)
 * adwin.add(0) // false
 *
 * Source: Bifet and Gavalda, "Learning from time-changing data with adaptive windowing", SDM 2007, with the details of
 * MOA's code (clock, least side, both terms over n - least side + 1).
 */
export class Adwin implements DriftDetector {
  static readonly kind = 'adwin'
  readonly delta: number
  /** Values in the window, their sum, and the sum of squares about their mean. */
  width = 0
  total = 0
  variance = 0
  private ticks = 0
  /** Buckets in use a level, and sum and variance of each, oldest first. */
  private readonly used: Uint8Array
  private readonly sums: Float64Array
  private readonly variances: Float64Array
  private levels = 1

  /** `delta` is the chance of a false alarm at one look. */
  constructor(delta = 0.002) {
    this.delta = delta
    this.used = new Uint8Array(LEVELS)
    this.sums = new Float64Array(LEVELS * (BUCKETS + 1))
    this.variances = new Float64Array(LEVELS * (BUCKETS + 1))
  }

  get mean(): number {
    return this.width === 0 ? 0 : this.total / this.width
  }

  add(value: number): boolean {
    if (!Number.isFinite(value)) return false
    this.insert(value)
    if (++this.ticks % CLOCK !== 0 || this.width <= GRACE) return false
    return this.cut()
  }

  save(): Float64Array {
    const head = Float64Array.of(this.delta, this.width, this.ticks, this.levels, this.total, this.variance)
    const saved = new Float64Array(head.length + LEVELS * (1 + 2 * (BUCKETS + 1)))
    saved.set(head)
    saved.set(this.used, head.length)
    saved.set(this.sums, head.length + LEVELS)
    saved.set(this.variances, head.length + LEVELS + this.sums.length)
    return saved
  }

  static create(): Adwin {
    return new Adwin()
  }

  static load(saved: Float64Array): Adwin | undefined {
    const head = HEAD
    const columns = LEVELS * (BUCKETS + 1)
    if (saved.length !== head + LEVELS + 2 * columns || !saved.every(Number.isFinite)) return undefined
    const [delta, width, ticks, levels, total, variance] = saved
    if (!(delta > 0 && delta < 1) || !(levels >= 1 && levels < LEVELS)) return undefined
    const used = saved.subarray(head, head + LEVELS)
    let counted = 0
    for (let level = 0; level < LEVELS; level++) {
      if (!(used[level] >= 0 && used[level] <= BUCKETS)) return undefined
      counted += used[level] * 2 ** level
    }
    if (counted !== width) return undefined
    const adwin = new Adwin(delta)
    Object.assign(adwin, { width, ticks, levels, total, variance })
    adwin.used.set(used)
    adwin.sums.set(saved.subarray(head + LEVELS, head + LEVELS + columns))
    adwin.variances.set(saved.subarray(head + LEVELS + columns))
    return adwin
  }

  private insert(value: number): void {
    const { width } = this
    if (width > 0) this.variance += (width * (value - this.total / width) ** 2) / (width + 1)
    this.width++
    this.total += value
    this.push(0, value, 0)
    for (let level = 0; level < LEVELS - 1 && this.used[level] > BUCKETS; level++) this.merge(level)
  }

  private push(level: number, sum: number, variance: number): void {
    const at = level * (BUCKETS + 1) + this.used[level]++
    this.sums[at] = sum
    this.variances[at] = variance
    if (level >= this.levels) this.levels = level + 1
  }

  /** The two oldest buckets of a level become one of the next. */
  private merge(level: number): void {
    const at = level * (BUCKETS + 1)
    const size = 2 ** level
    const { sums, variances } = this
    const difference = (sums[at] - sums[at + 1]) / size
    const variance = variances[at] + variances[at + 1] + (size * difference * difference) / 2
    this.push(level + 1, sums[at] + sums[at + 1], variance)
    this.used[level] -= 2
    sums.copyWithin(at, at + 2, at + BUCKETS + 1)
    variances.copyWithin(at, at + 2, at + BUCKETS + 1)
  }

  /** Drops old buckets as long as the window can be cut in two parts that differ; whether any went. */
  private cut(): boolean {
    let found = false
    while (this.width > GRACE && this.differs()) {
      this.dropOldest()
      found = true
    }
    return found
  }

  private differs(): boolean {
    const { used, sums, width, total } = this
    const d = Math.log((2 * Math.log(width)) / this.delta)
    const v = this.variance / width
    let n0 = 0
    let u0 = 0
    for (let level = this.levels - 1; level >= 0; level--) {
      for (let bucket = 0; bucket < used[level]; bucket++) {
        n0 += 2 ** level
        u0 += sums[level * (BUCKETS + 1) + bucket]
        const n1 = width - n0
        if (n1 <= SIDE_MIN) return false
        if (n0 <= SIDE_MIN) continue
        const m = 1 / (n0 - SIDE_MIN + 1) + 1 / (n1 - SIDE_MIN + 1)
        const e = Math.sqrt(2 * m * v * d) + (2 / 3) * d * m
        if (Math.abs(u0 / n0 - (total - u0) / n1) > e) return true
      }
    }
    return false
  }

  private dropOldest(): void {
    const level = this.levels - 1
    const at = level * (BUCKETS + 1)
    const size = 2 ** level
    const sum = this.sums[at]
    this.width -= size
    this.total -= sum
    const difference = sum / size - this.total / this.width
    this.variance -= this.variances[at] + (size * this.width * difference * difference) / (size + this.width)
    // Rounding must not make a variance that no numbers have.
    if (!(this.variance > 0)) this.variance = 0
    this.sums.copyWithin(at, at + 1, at + BUCKETS + 1)
    this.variances.copyWithin(at, at + 1, at + BUCKETS + 1)
    this.used[level]--
    while (this.levels > 1 && this.used[this.levels - 1] === 0) this.levels--
  }
}
