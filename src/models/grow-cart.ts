import { randomInteger } from '../stats/random.ts'
import type { GrowingForest } from './growing-forest.ts'
import { fillColumns, type Histogram, type RowPairs } from './histogram.ts'
import { partitionRows } from './partition-rows.ts'
import { type BinnedMatrix, thresholdOf } from './quantile-bins.ts'
import { bestSplit, type Split } from './split.ts'

/** The pairs that growing sums, of rows that weigh `weights`. */
export function cartPairs(weights: Float64Array, y: ArrayLike<number>): RowPairs {
  const pairs = new Float64Array(2 * weights.length)
  for (let i = 0; i < weights.length; i++) {
    pairs[2 * i] = -weights[i] * y[i]
    pairs[2 * i + 1] = weights[i]
  }
  return pairs
}

export interface CartRules {
  readonly depthMax: number
  /** Smallest summed weight of a leaf. */
  readonly leafWeightMin: number
  /** Columns each node looks at, drawn anew; further ones only while none of these can part its rows. */
  readonly columnsPerNode: number
}

/** What growing needs of the training set. */
export interface CartWork {
  readonly binned: BinnedMatrix
  /** Of each row minus its weight times its target, the slope of the squared error at zero, and its weight. */
  readonly pairs: RowPairs
  /** The rows to grow on; reordered. */
  readonly order: Int32Array
  readonly random: () => number
}

interface Scratch {
  readonly histogram: Histogram
  readonly spare: Int32Array
  /** All columns; a node's draw is moved to the front. */
  readonly columns: Int32Array
  readonly allowed: Uint8Array
  /** No column is monotone. */
  readonly free: Int8Array
}

interface OpenNode {
  readonly node: number
  readonly depth: number
  readonly begin: number
  readonly end: number
  readonly positive: number
  readonly weight: number
}

/**
 * Grows one classification tree onto `forest`: each node is cut where Gini impurity falls most, until it is pure, too
 * deep or too thin. `worth` says what a node of so much positive and so much weight is worth. Books the falls on
 * their columns.
 *
 * With two classes the impurity of weight W with positives P is 2 (P - P^2 / W), so the cut that lowers it most is the
 * one that lowers the squared error most: the search that boosting uses, with the weight for the curvature.
 */
export function growCart(
  work: CartWork,
  rules: CartRules,
  forest: GrowingForest,
  worth: (positive: number, weight: number) => number,
  impurityOf: Float64Array,
): void {
  const { binned, order } = work
  const scratch: Scratch = {
    histogram: new Float64Array(2 * binned.firstBin[binned.columns]),
    spare: new Int32Array(order.length),
    columns: Int32Array.from({ length: binned.columns }, (_, column) => column),
    allowed: new Uint8Array(binned.columns),
    free: new Int8Array(binned.columns),
  }
  const whole = sumRows(work, 0, order.length)
  const root = forest.plant(worth(whole.positive, whole.weight), whole.weight)
  const open: OpenNode[] = [{ node: root, depth: 0, begin: 0, end: order.length, ...whole }]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const { depth, begin, end } = node
    const split = depth < rules.depthMax ? findSplit(work, rules, scratch, node) : undefined
    if (!split) continue
    impurityOf[split.column] += 2 * split.gain
    const middle = partitionRows(binned, split, order, scratch.spare, begin, end)
    // Summed anew, not subtracted: thousands of subtractions would leave a pure node a trace of the other class.
    const left = sumRows(work, begin, middle)
    const right = sumRows(work, middle, end)
    const child = forest.split(
      node.node,
      { ...split, threshold: thresholdOf(binned, split.column, split.bin) },
      { value: worth(left.positive, left.weight), cover: left.weight },
      { value: worth(right.positive, right.weight), cover: right.weight },
    )
    open.push({ node: child, depth: depth + 1, begin, end: middle, ...left })
    open.push({ node: child + 1, depth: depth + 1, begin: middle, end, ...right })
  }
}

function findSplit(work: CartWork, rules: CartRules, scratch: Scratch, node: OpenNode): Split | undefined {
  const { binned, order, pairs, random } = work
  const { columns, histogram, allowed } = scratch
  const { positive, weight, begin, end } = node
  if (positive <= 0 || positive >= weight || weight < 2 * rules.leafWeightMin) return undefined
  const sums = { gradient: -positive, hessian: weight, valueMin: 0, valueMax: 1 }
  for (let drawn = 0; drawn < columns.length; ) {
    const first = drawn
    const stop = Math.min(columns.length, drawn + rules.columnsPerNode)
    allowed.fill(0)
    for (; drawn < stop; drawn++) {
      const pick = drawn + randomInteger(random, columns.length - drawn)
      ;[columns[drawn], columns[pick]] = [columns[pick], columns[drawn]]
      allowed[columns[drawn]] = 1
    }
    fillColumns(histogram, binned, columns.subarray(first, stop), pairs, order, begin, end)
    const split = bestSplit(histogram, binned, sums, {
      l2: 0,
      childHessianMin: rules.leafWeightMin,
      monotone: scratch.free,
      allowed,
    })
    if (split) return split
  }
  return undefined
}

function sumRows(work: CartWork, begin: number, end: number): { positive: number; weight: number } {
  let positive = 0
  let weight = 0
  for (let i = begin; i < end; i++) {
    positive -= work.pairs[2 * work.order[i]]
    weight += work.pairs[2 * work.order[i] + 1]
  }
  return { positive, weight }
}
