import type { BinnedMatrix } from './quantile-bins.ts'

/** What decides on which side of a cut a row is. */
export interface Cut {
  readonly column: number
  /** Last bin of the column that goes left, counted from the column's first. */
  readonly bin: number
  readonly missingLeft: boolean
}

/**
 * Reorders `order[begin..end)` so that the rows going left come first, each side in its old order; returns where the
 * right side begins. `spare` is as long as `order`.
 */
export function partitionRows(
  binned: BinnedMatrix,
  cut: Cut,
  order: Int32Array,
  spare: Int32Array,
  begin: number,
  end: number,
): number {
  const { rows, bins, firstBin } = binned
  const from = cut.column * rows
  const last = firstBin[cut.column] + cut.bin
  // Where missing values go right, no bin is the one that goes left beside those up to the last.
  const missing = cut.missingLeft ? firstBin[cut.column + 1] - 1 : last
  let left = begin
  let right = 0
  for (let i = begin; i < end; i++) {
    const row = order[i]
    const bin = bins[from + row]
    // Written to both sides, and kept on one: which one is anybody's guess, so a jump would cost more.
    const goesLeft = yes(bin <= last) | yes(bin === missing)
    order[left] = row
    spare[right] = row
    left += goesLeft
    right += 1 - goesLeft
  }
  order.set(spare.subarray(0, right), left)
  return left
}

function yes(answer: boolean): number {
  return (answer as unknown as number) | 0
}
