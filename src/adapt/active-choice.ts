import { SavedRandom } from '../stats/saved-random.ts'

/** Share of the questions that are asked by chance alone: what a model is sure of, and wrong about, is found in no other way. */
const RANDOM_SHARE = 0.1
/** Scores of the past that say what is uncertain now. */
const MEMORY = 500
/** No label stands for more rows than this: an importance without bound is a way to be poisoned. */
const WEIGHT_MAX = 20

/**
 * Chooses which rows somebody is asked about: the most uncertain of late, and a few by chance. The weight undoes the choice as
 * far as it may (one over the chance to be asked, capped).
 *
 * Source: Beygelzimer, Dasgupta and Langford, "Importance weighted active learning", ICML 2009; uncertainty by rank in a window.
 */
export class ActiveChoice {
  private readonly budget: number
  private readonly random: SavedRandom
  private readonly distances = new Float64Array(MEMORY)
  private seen = 0

  /** `budget` is the share of rows that may be asked about. */
  constructor(budget: number, seed: number) {
    this.budget = budget
    this.random = new SavedRandom(seed)
  }

  /** Weight of the row's label where it is asked for, else 0; `left` is how many the budget still has. */
  weightOf(_row: object, score: number, line: number, left: number): number {
    const distance = Math.abs(score - line)
    const rank = this.rank(distance)
    this.distances[this.seen++ % MEMORY] = distance
    const draw = this.random.next()
    if (left < 1) return 0
    const byChance = RANDOM_SHARE * this.budget
    // Twice the budget's share of the rows is uncertain, and each of these asked about every second time.
    const uncertain = rank < 2 * (1 - RANDOM_SHARE) * this.budget
    const chance = uncertain ? 0.5 + byChance : byChance
    return draw < chance ? Math.min(WEIGHT_MAX, 1 / chance) : 0
  }

  /** Share of the rows of late that were less certain. */
  private rank(distance: number): number {
    const count = Math.min(this.seen, MEMORY)
    if (count < MEMORY / 10) return 1
    let below = 0
    for (let i = 0; i < count; i++) if (this.distances[i] < distance) below++
    return below / count
  }
}
