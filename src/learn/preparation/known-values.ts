import type { FeatureMatrix } from '../../models/matrix.ts'

/** A column's finite values, rising: neither gaps nor infinities have a say in a mean or a quantile. */
export function sortedKnown({ columns, values }: FeatureMatrix, column: number): Float64Array {
  const known = new Float64Array(values.length / columns)
  let count = 0
  for (let i = column; i < values.length; i += columns) if (Number.isFinite(values[i])) known[count++] = values[i]
  return known.subarray(0, count).sort()
}

/** A spread that can be divided by: 1 for a column that does not vary, or whose range is past what a double holds. */
export function usableSpread(spread: number): number {
  return spread > 0 && spread < Infinity ? spread : 1
}
