import { type BinCounts, binCounts } from './bin-counts.ts'
import { rankByScore, type Selector } from './selector.ts'

/**
 * Mutual information between a column's bins and the class, in bits: how much knowing the one tells of the other, which
 * is also the information gain of splitting by the bins. At most 1, reached by a column that decides even classes. A
 * column that says nothing gets about (bins - 1) / (1.386 rows) by chance, not 0. One column at a time.
 *
 * Source: Shannon, A mathematical theory of communication, 1948; Quinlan, Induction of decision trees, 1986.
 */
export const mutualInformation: Selector = {
  name: 'mutual-information',
  rank: ({ matrix, y }, { count }) => rankByScore(Float64Array.from(binCounts(matrix, y), informationOf), count),
}

/**
 * Bits that the bins and the class have in common: the entropies of both, less that of the pair.
 *
 * @example
 * informationOf({ negatives: Float64Array.of(3, 1), positives: Float64Array.of(1, 3) }) // 0.1887218755408671
 */
export function informationOf({ negatives, positives }: BinCounts): number {
  const bins = negatives.map((count, bin) => count + positives[bin])
  const classes = [negatives, positives].map((counts) => counts.reduce((sum, count) => sum + count, 0))
  const bits = entropyOf(bins) + entropyOf(classes) - entropyOf([...negatives, ...positives])
  return Math.max(0, bits)
}

/** Entropy of a distribution given by counts, in bits. */
function entropyOf(counts: ArrayLike<number>): number {
  let [total, scaled] = [0, 0]
  for (let i = 0; i < counts.length; i++) {
    total += counts[i]
    if (counts[i] > 0) scaled += counts[i] * Math.log2(counts[i])
  }
  return Math.log2(total) - scaled / total
}
