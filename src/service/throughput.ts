const SECONDS = 60

/** Things counted in each of the last sixty seconds of the clock on the wall. */
export class Throughput {
  private readonly counts = new Float64Array(SECONDS)
  private second = 0
  total = 0

  add(count: number, nowMs: number): void {
    this.moveTo(Math.floor(nowMs / 1000))
    this.counts[this.second % SECONDS] += count
    this.total += count
  }

  /** Counts of the last whole seconds, oldest first. */
  perSecond(nowMs: number): number[] {
    this.moveTo(Math.floor(nowMs / 1000))
    return Array.from({ length: SECONDS - 1 }, (_, index) => this.counts[(this.second + 1 + index) % SECONDS])
  }

  /** Mean of the last ten whole seconds. */
  rate(nowMs: number): number {
    return (
      this.perSecond(nowMs)
        .slice(-10)
        .reduce((sum, count) => sum + count, 0) / 10
    )
  }

  private moveTo(second: number): void {
    if (second <= this.second) return
    if (second - this.second >= SECONDS) this.counts.fill(0)
    else for (let at = this.second + 1; at <= second; at++) this.counts[at % SECONDS] = 0
    this.second = second
  }
}
