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
  private readonly queries: number[] = []
  private readonly octets: number[] = []

  constructor(firstMs: number) {
    this.firstMs = firstMs
  }

  add(timeMs: number, queries: number, octets: number): void {
    const since = Math.max(0, timeMs - this.firstMs)
    while (since >= this.binMs * BINS_MAX) this.halve()
    const bin = Number.isNaN(since) ? 0 : Math.floor(since / this.binMs)
    while (this.queries.length <= bin) {
      this.queries.push(0)
      this.octets.push(0)
    }
    this.queries[bin] += queries
    this.octets[bin] += octets
  }

  bins(): TimelineBin[] {
    return this.queries.map((queries, i) => ({ timeMs: this.firstMs + i * this.binMs, queries, octets: this.octets[i] }))
  }

  private halve(): void {
    this.binMs *= 2
    for (const column of [this.queries, this.octets]) {
      for (let i = 0; 2 * i < column.length; i++) column[i] = column[2 * i] + (column[2 * i + 1] ?? 0)
      column.length = Math.ceil(column.length / 2)
    }
  }
}
