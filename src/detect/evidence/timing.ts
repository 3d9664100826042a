import type { GapStats } from './gap-stats.ts'

/** Pairs of gaps before a rhythm says anything. */
const PAIRS_MIN = 8
/**
 * Shares that convince. Gaps of a Poisson process are within 5 % of the one before in 2.4 % of pairs and within 30 %
 * in 13 %: ratio r of two equal exponentials has P(max/min < r) = (r - 1) / (r + 1).
 */
const STRONG_SHARE = 0.6
const WEAK_SHARE = 0.7

/**
 * One sentence on the rhythm of a domain's queries, after the strong and weak periodicity of the Stratosphere letters
 * (Garcia 2015); null where there is none.
 *
 * @example
 * describeRhythm(gaps) // 'A query every 1.0 s: 93 % of 58 gaps are within 5 % of the one before.'
 */
export function describeRhythm(gaps: GapStats): string | null {
  const { pairs, median } = gaps
  if (pairs < PAIRS_MIN || !(median > 0)) return null
  const strong = gaps.strong / pairs
  const weak = gaps.weak / pairs
  if (strong >= STRONG_SHARE) return sentence('A query every', median, strong, pairs, 5)
  return weak >= WEAK_SHARE ? sentence('A query about every', median, weak, pairs, 30) : null
}

function sentence(start: string, median: number, share: number, pairs: number, percent: number): string {
  return `${start} ${span(median)}: ${Math.floor(share * 100)} % of ${pairs} gaps are within ${percent} % of the one before.`
}

/** A time span in the unit it is spoken of. */
function span(ms: number): string {
  if (ms < 1000) return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`
  const [value, unit] = ms < 120_000 ? [ms / 1000, 's'] : ms < 7_200_000 ? [ms / 60_000, 'min'] : [ms / 3_600_000, 'h']
  return `${value.toFixed(1)} ${unit}`
}
