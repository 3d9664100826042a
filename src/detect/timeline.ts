const BINS_MAX = 32

/** One bar of an incident's timeline. */
export interface TimelineBin {
  timeMs: number
  queries: number
  octets: number
}

/**
 * Queries and octets over time in at most 32 bars. The bars double in width as the incident grows, so the memory is
 * fixed and the result depends on the rows alone. Without times everything falls into one bar.
 */
export class Timeline {
  private binMs = 1000
  private readonly firstMs: number
  /** Queries and octets of each bar, in turn. */
  private bars: number[] = [0, 0]

  constructor(firstMs: number) {
    this.firstMs = firstMs
  }

  add(timeMs: number, queries: number, octets: number): void {
    const since = Math.max(0, timeMs - this.firstMs)
    while (since >= this.binMs * BINS_MAX) this.halve()
    const bin = Number.isNaN(since) ? 0 : Math.floor(since / this.binMs)
    while (this.bars.length <= 2 * bin) this.bars.push(0, 0)
    this.bars[2 * bin] += queries
    this.bars[2 * bin + 1] += octets
  }

  bins(): TimelineBin[] {
    return Array.from({ length: this.bars.length / 2 }, (_, i) => ({
      timeMs: this.firstMs + i * this.binMs,
      queries: this.bars[2 * i],
      octets: this.bars[2 * i + 1],
    }))
  }

  private halve(): void {
    this.binMs *= 2
    const { bars } = this
    const halved: number[] = []
    for (let i = 0; i < bars.length; i += 4) halved.push(bars[i] + (bars[i + 2] ?? 0), bars[i + 1] + (bars[i + 3] ?? 0))
    this.bars = halved
  }
}
