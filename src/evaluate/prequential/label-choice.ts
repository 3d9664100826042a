import { createRandom, randomInteger } from '../../stats/random.ts'
import type { StreamRow } from './arm.ts'

/** Decides which rows somebody is asked about. It never sees a label; what an arm does with one is the arm's business. */
export interface LabelChoice {
  /**
   * The weight of the label that is asked for: one over the chance of being asked, so at least 1; and 0 to let the row
   * go by. `left` is how many labels the budget still has at this row: below 1 nothing is asked, whatever is returned,
   * so a choice whose weights are to be right looks at it first.
   */
  weightOf(row: StreamRow, score: number, line: number, left: number): number
}

/**
 * One row of each `1 / budget`, at a place drawn by chance: every row is as likely, and the budget is neither passed nor
 * saved up. The same seed asks about the same rows, whoever scores them.
 */
export function evenChoice(budget: number, seed: number): LabelChoice {
  const random = createRandom(seed)
  let stretch = 0
  let [begins, ends, picked] = [0, 0, -1]
  return {
    weightOf({ index }) {
      if (budget <= 0) return 0
      for (; index >= ends; stretch++) {
        begins = ends
        // Sums of the budget round: a stretch that would end at a whole number does.
        ends = Math.floor((stretch + 1) / budget + 1e-9)
        picked = begins + randomInteger(random, ends - begins)
      }
      return index === picked ? ends - begins : 0
    },
  }
}
