import type { BinnedMatrix } from './quantile-bins.ts'

/** Sums of gradient and curvature by bin, in pairs: `[2 * bin]` and `[2 * bin + 1]`. */
export type Histogram = Float64Array

/** Gradient and curvature of every row, in pairs: `[2 * row]` and `[2 * row + 1]`. */
export type RowPairs = Float64Array

/**
 * Sums the rows `order[begin..end)` by bin, for the columns `which`; the bins of all others are left as they are. The
 * caller fills the smaller of two siblings and takes the other by {@link subtractHistogram}.
 */
export function fillColumns(
  histogram: Histogram,
  binned: BinnedMatrix,
  which: Int32Array,
  pairs: RowPairs,
  order: Int32Array,
  begin: number,
  end: number,
): void {
  const { rows, bins, firstBin } = binned
  for (const column of which) {
    histogram.fill(0, 2 * firstBin[column], 2 * firstBin[column + 1])
    const from = column * rows
    for (let i = begin; i < end; i++) {
      const row = order[i]
      const slot = bins[from + row] << 1
      histogram[slot] += pairs[2 * row]
      histogram[slot + 1] += pairs[2 * row + 1]
    }
  }
}

/** Turns the parent's sums into those of the other child, in place: sums over disjoint rows subtract. */
export function subtractHistogram(parent: Histogram, child: Histogram): void {
  for (let i = 0; i < parent.length; i++) parent[i] -= child[i]
}
