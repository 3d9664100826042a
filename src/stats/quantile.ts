/**
 * The smallest value that at least the share `q` of all values does not pass (nearest rank): always one of the
 * values, so "p95" is something that happened. NaN where there are no values. Sorts a copy.
 *
 * @example
 * quantile([15, 20, 35, 40, 50], 0.3) // 20
 *
 * Source: Hyndman and Fan, Sample quantiles in statistical packages, 1996, definition 1.
 */
export function quantile(values: ArrayLike<number>, q: number): number {
  return quantileOfSorted(Float64Array.from(values).sort(), q)
}

/** The same for values that rise already: several quantiles for one sort. */
export function quantileOfSorted(sorted: ArrayLike<number>, q: number): number {
  if (sorted.length === 0) return Number.NaN
  // 0.07 * 100 is 7.000000000000001 in doubles: a rank that near to a whole number is that number.
  const rank = Math.ceil(q * sorted.length - 1e-9)
  return sorted[Math.max(0, Math.min(sorted.length - 1, rank - 1))]
}
