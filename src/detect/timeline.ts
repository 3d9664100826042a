const BINS_MAX = 32
/** Numbers of one bar. */
const STRIDE = 3

/** One bar of an incident's timeline. */
export interface TimelineBin {
  timeMs: number
  queries: number
  octets: number
  /** Highest account over 6 hours within the bar. */
  accountOctets: number
}

/**
 * Queries, octets and the account over time in at most 32 bars. The bars double in width as the incident grows, so the memory is
 * fixed and the result depends on the rows alone. Without times everything falls into one bar.
 */
export class Timeline {
  private binMs = 1000
  private readonly firstMs: number
  /** Queries, octets and highest account of each bar, in turn. */
  private bars: number[] = [0, 0, 0]

  constructor(firstMs: number) {
    this.firstMs = firstMs
  }

  add(timeMs: number, queries: number, octets: number, accountOctets: number): void {
    const since = Math.max(0, timeMs - this.firstMs)
    while (since >= this.binMs * BINS_MAX) this.halve()
    const bin = Number.isNaN(since) ? 0 : Math.floor(since / this.binMs)
    while (this.bars.length <= STRIDE * bin) this.bars.push(0, 0, 0)
    const at = STRIDE * bin
    this.bars[at] += queries
    this.bars[at + 1] += octets
    this.bars[at + 2] = Math.max(this.bars[at + 2], accountOctets)
  }

  bins(): TimelineBin[] {
    return Array.from({ length: this.bars.length / STRIDE }, (_, i) => ({
      timeMs: this.firstMs + i * this.binMs,
      queries: this.bars[STRIDE * i],
      octets: this.bars[STRIDE * i + 1],
      accountOctets: this.bars[STRIDE * i + 2],
    }))
  }

  private halve(): void {
    this.binMs *= 2
    const { bars } = this
    const halved: number[] = []
    for (let i = 0; i < bars.length; i += 2 * STRIDE) {
      halved.push(bars[i] + (bars[i + STRIDE] ?? 0), bars[i + 1] + (bars[i + STRIDE + 1] ?? 0))
      halved.push(Math.max(bars[i + 2], bars[i + STRIDE + 2] ?? 0))
    }
    this.bars = halved
  }
}
