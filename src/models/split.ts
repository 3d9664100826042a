import type { Histogram } from './histogram.ts'
import type { BinnedMatrix } from './quantile-bins.ts'

/** Where to cut a node: rows in bins up to `bin` go left, and missing values where `missingLeft` says. */
export interface Split {
  readonly gain: number
  readonly column: number
  /** Last bin of the column that goes left, counted from the column's first. */
  readonly bin: number
  readonly missingLeft: boolean
  readonly leftGradient: number
  readonly leftHessian: number
}

/** Gradient and curvature sums of a node's rows, and the range its value must stay in to keep trees monotone. */
export interface NodeSums {
  readonly gradient: number
  readonly hessian: number
  readonly valueMin: number
  readonly valueMax: number
}

export interface SplitRules {
  /** Added to every curvature sum: pulls values of thin nodes towards zero. */
  readonly l2: number
  /** Smallest curvature sum of a child; with weights of one, a quarter of a row at most each. */
  readonly childHessianMin: number
  /** +1 where the score may only rise with the column, -1 where it may only fall, else 0. */
  readonly monotone: Int8Array
  /** Columns that this tree may use. */
  readonly allowed: Uint8Array
}

/** The value that minimises the node's loss to second order, inside its range. */
export function nodeValue(sums: NodeSums, l2: number): number {
  return bounded(-sums.gradient / (sums.hessian + l2), sums)
}

/**
 * The best cut of a node, or undefined where none lowers the loss. Gain is the fall of the second-order loss (Chen
 * and Guestrin, KDD 2016, eq. 7, without its factor of one half); each cut is tried with the missing values on
 * either side. Ties go to the first column and bin. Costs two divisions a bin.
 */
export function bestSplit(
  histogram: Histogram,
  binned: BinnedMatrix,
  sums: NodeSums,
  rules: SplitRules,
): Split | undefined {
  const { firstBin, columns } = binned
  const { l2, childHessianMin, monotone, allowed } = rules
  const own = loss(sums.gradient, sums.hessian + l2, nodeValue(sums, l2))
  let best: Split | undefined
  let bestGain = 1e-9
  for (let column = 0; column < columns; column++) {
    if (allowed[column] === 0) continue
    const first = firstBin[column]
    const missing = firstBin[column + 1] - 1
    const missingGradient = histogram[2 * missing]
    const missingHessian = histogram[2 * missing + 1]
    let gradient = 0
    let hessian = 0
    for (let bin = first; bin < missing; bin++) {
      gradient += histogram[2 * bin]
      hessian += histogram[2 * bin + 1]
      // The cut after the last bin parts the missing values from all others.
      for (let side = 0; side < (missingHessian > 0 && bin < missing - 1 ? 2 : 1); side++) {
        if (bin === missing - 1 && !(missingHessian > 0)) break
        const leftGradient = side === 0 ? gradient : gradient + missingGradient
        const leftHessian = side === 0 ? hessian : hessian + missingHessian
        const rightHessian = sums.hessian - leftHessian
        if (!(leftHessian >= childHessianMin && rightHessian >= childHessianMin)) continue
        const rightGradient = sums.gradient - leftGradient
        const left = bounded(-leftGradient / (leftHessian + l2), sums)
        const right = bounded(-rightGradient / (rightHessian + l2), sums)
        if (monotone[column] * (right - left) < 0 && bin < missing - 1) continue
        const gain = own - loss(leftGradient, leftHessian + l2, left) - loss(rightGradient, rightHessian + l2, right)
        if (!(gain > bestGain)) continue
        bestGain = gain
        // A column never missing in training sends missing values the way most rows go.
        const missingLeft = missingHessian > 0 ? side === 1 : leftHessian >= rightHessian
        best = { gain, column, bin: bin - first, missingLeft, leftGradient, leftHessian }
      }
    }
  }
  return best
}

function bounded(value: number, range: NodeSums): number {
  return Math.max(range.valueMin, Math.min(range.valueMax, value))
}

function loss(gradient: number, hessian: number, value: number): number {
  return value * (2 * gradient + hessian * value)
}
