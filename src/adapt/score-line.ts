/** Scores that the line is drawn from, and how often it is drawn. */
const WINDOW = 4000
const DRAW_EVERY = 250
/** Lower it never goes: the anchor's word alone, which knows nothing yet of a first row, holds a mixture under one half. */
export const LEAST_LINE = 0.25

/**
 * The line a probability is held against, drawn from scores alone: so high that hardly any row passes it that the anchor calls
 * benign. Needs no label, and follows the learner as it changes.
 */
export class ScoreLine {
  value = 1
  private readonly share: number
  private readonly scores = new Float64Array(WINDOW)
  private seen = 0

  /** `share` of rows that the anchor calls benign may lie past the line. */
  constructor(share: number) {
    this.share = share
  }

  memory(): Record<string, unknown> {
    const { value, seen, scores } = this
    return { value, seen, scores }
  }

  resume({ value, seen, scores }: Record<string, unknown>): void {
    Object.assign(this, { value, seen })
    this.scores.set(scores as Float64Array)
  }

  /** A row that the anchor calls benign had this probability. */
  add(probability: number): void {
    this.scores[this.seen++ % WINDOW] = probability
    if (this.seen % DRAW_EVERY !== 0) return
    const sorted = this.scores.slice(0, Math.min(this.seen, WINDOW)).sort()
    this.value = Math.max(LEAST_LINE, sorted[Math.max(0, sorted.length - 1 - Math.floor(this.share * sorted.length))])
  }
}
