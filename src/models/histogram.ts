import type { BinnedMatrix } from './quantile-bins.ts'

/** Sums of gradient and curvature by bin, in pairs: `[2 * bin]` and `[2 * bin + 1]`. */
export type Histogram = Float64Array

/**
 * Adds up the rows `order[begin..end)`. This is where training spends its time: about 1 ns a value, so the caller
 * fills the smaller of two siblings and takes the other by {@link subtractHistogram}.
 */
export function fillHistogram(
  histogram: Histogram,
  binned: BinnedMatrix,
  order: Int32Array,
  begin: number,
  end: number,
  gradients: Float64Array,
  hessians: Float64Array,
): void {
  const { columns, bins } = binned
  histogram.fill(0)
  for (let i = begin; i < end; i++) {
    const row = order[i]
    const g = gradients[row]
    const h = hessians[row]
    const stop = (row + 1) * columns
    for (let at = row * columns; at < stop; at++) {
      const slot = bins[at] << 1
      histogram[slot] += g
      histogram[slot + 1] += h
    }
  }
}

/** Turns the parent's sums into those of the other child, in place: sums over disjoint rows subtract. */
export function subtractHistogram(parent: Histogram, child: Histogram): void {
  for (let i = 0; i < parent.length; i++) parent[i] -= child[i]
}
