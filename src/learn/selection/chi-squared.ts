import { type BinCounts, binCounts } from './bin-counts.ts'
import { rankByScore, type Selector } from './selector.ts'

/**
 * Chi-squared test of independence between a column's bins and the class. The score is the statistic less its degrees
 * of freedom, which is its mean for a column that says nothing: columns with few bins and many compare. One column at
 * a time: it misses what two say only together, and gives copies the same score.
 *
 * Source: Pearson, Philosophical Magazine 50, 1900; for choosing features Liu and Setiono, Chi2, ICTAI 1995.
 */
export const chiSquared: Selector = {
  name: 'chi-squared',
  rank: ({ matrix, y }, { count }) => {
    const scores = binCounts(matrix, y).map((counts) => chiSquaredOf(counts) - (counts.positives.length - 1))
    return rankByScore(Float64Array.from(scores), count)
  },
}

/**
 * The statistic: squared distances of counts from what independence would give, each over that.
 *
 * @example
 * chiSquaredOf({ negatives: Float64Array.of(30, 10), positives: Float64Array.of(10, 30) }) // 20
 */
export function chiSquaredOf({ negatives, positives }: BinCounts): number {
  const totals = [negatives, positives].map((counts) => counts.reduce((sum, count) => sum + count, 0))
  const all = totals[0] + totals[1]
  let statistic = 0
  for (let bin = 0; bin < negatives.length; bin++) {
    const share = (negatives[bin] + positives[bin]) / all
    for (const [counts, total] of [
      [negatives[bin], totals[0]],
      [positives[bin], totals[1]],
    ]) {
      const expected = share * total
      if (expected > 0) statistic += (counts - expected) ** 2 / expected
    }
  }
  return statistic
}
