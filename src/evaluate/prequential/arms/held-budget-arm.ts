import type { Scorer } from '../../../models/model.ts'
import { createRandom, randomInteger } from '../../../stats/random.ts'
import type { Arm, StreamRow } from '../arm.ts'

const DAY_MS = 86_400_000
/** Scores of a day that are kept: past this many, a fair sample of them. */
const SAMPLE_MAX = 20_000

export interface BudgetOptions {
  /** Share of rows that may be flagged. */
  readonly share: number
  /** How often the line is drawn anew; a day if absent. */
  readonly everyMs?: number
  readonly seed: number
}

/**
 * A frozen model whose line is drawn anew each day so that the day just over would have kept to the alert budget. No
 * label is needed, so it is what adapting has to beat: it follows scores that shift as a whole, holds the number of
 * alerts whatever they are worth, and is a day late. A day too short to tell about the budget is joined to the next.
 */
export class HeldBudgetArm implements Arm {
  readonly name: string
  line: number
  private readonly scorer: Scorer
  private readonly share: number
  private readonly everyMs: number
  private readonly random: () => number
  private readonly sample = new Float64Array(SAMPLE_MAX)
  private seen = 0
  private day = Number.NaN

  /** `line` holds until the first day is over. */
  constructor(name: string, scorer: Scorer, line: number, { share, everyMs = DAY_MS, seed }: BudgetOptions) {
    this.name = name
    this.scorer = scorer
    this.line = line
    this.share = share
    this.everyMs = everyMs
    this.random = createRandom(seed)
  }

  score({ x, at, timeMs }: StreamRow): number {
    const day = Math.floor(timeMs / this.everyMs)
    if (day !== this.day && this.seen * this.share >= 1) this.draw()
    this.day = day
    const score = this.scorer.scoreOne(x, at)
    const place = this.seen < SAMPLE_MAX ? this.seen : randomInteger(this.random, this.seen + 1)
    if (place < SAMPLE_MAX) this.sample[place] = score
    this.seen++
    return score
  }

  /** The lowest score of the day at or above which the budget's share lies, or less; past all where ties leave none. */
  private draw(): void {
    const scores = this.sample.slice(0, Math.min(this.seen, SAMPLE_MAX)).sort()
    const allowed = Math.floor(this.share * scores.length + 1e-9)
    let first = scores.length - allowed
    while (first > 0 && first < scores.length && scores[first] === scores[first - 1]) first++
    this.line = first < scores.length ? scores[first] : Infinity
    this.seen = 0
  }
}
