import { fillHistogram, type Histogram, subtractHistogram } from './histogram.ts'
import type { BinnedMatrix } from './quantile-bins.ts'
import { bestSplit, type NodeSums, nodeValue, type Split, type SplitRules } from './split.ts'

/** Growing lists of nodes, one entry a node; the children of node `n` are `child[n]` and `child[n] + 1`. */
export interface NodeLists {
  /** Column asked, or -1 in a leaf. */
  readonly feature: number[]
  readonly threshold: number[]
  readonly child: number[]
  readonly missingLeft: number[]
  /** What the margin would gain if the tree ended here; a leaf's is its score. */
  readonly value: number[]
}

export interface TreeRules extends SplitRules {
  readonly depthMax: number
  readonly leavesMax: number
  readonly learningRate: number
}

/** What growing needs of the training set, and scratch space that trees share. */
export interface TreeWork {
  readonly binned: BinnedMatrix
  readonly gradients: Float64Array
  readonly hessians: Float64Array
  /** The rows to grow on; reordered. */
  readonly order: Int32Array
  readonly spare: Int32Array
  readonly histograms: Histogram[]
}

interface Leaf extends NodeSums {
  readonly node: number
  readonly depth: number
  readonly begin: number
  readonly end: number
  readonly histogram: Histogram | undefined
  readonly split: Split | undefined
}

/**
 * Values are whole multiples of this, and small, so that sums of values of any number of trees are exact in a
 * double, whatever the order: contributions add up to the margin to the bit.
 */
export const VALUE_GRID = 2 ** -32
const VALUE_MAX = 1024

export function onGrid(value: number): number {
  return Math.max(-VALUE_MAX, Math.min(VALUE_MAX, Math.round(value / VALUE_GRID) * VALUE_GRID))
}

/**
 * Grows one tree onto `nodes`, best leaf first (as LightGBM does), and books each split's gain on its column. With
 * `leavesMax` at 2^depthMax this is the full depth-wise tree.
 */
export function growTree(work: TreeWork, rules: TreeRules, nodes: NodeLists, gainOf: Float64Array): void {
  const { binned, order } = work
  const range = { valueMin: -VALUE_MAX, valueMax: VALUE_MAX }
  const sums = { ...range, ...sumRows(work, 0, order.length) }
  const histogram = takeHistogram(work)
  fillHistogram(histogram, binned, order, 0, order.length, work.gradients, work.hessians)
  const root = addNode(nodes, sums, rules)
  const leaves = [openLeaf(work, rules, { ...sums, node: root, depth: 0, begin: 0, end: order.length }, histogram)]
  for (let count = 1; count < rules.leavesMax; count++) {
    let pick = -1
    for (let i = 0; i < leaves.length; i++) {
      if (leaves[i].split && (pick < 0 || leaves[i].split!.gain > leaves[pick].split!.gain)) pick = i
    }
    if (pick < 0) break
    const [leaf] = leaves.splice(pick, 1)
    gainOf[leaf.split!.column] += leaf.split!.gain
    leaves.push(...divide(work, rules, nodes, leaf, leaf.split!))
  }
  for (const leaf of leaves) if (leaf.histogram) work.histograms.push(leaf.histogram)
}

function divide(work: TreeWork, rules: TreeRules, nodes: NodeLists, leaf: Leaf, split: Split): Leaf[] {
  const { binned } = work
  const { node, begin, end } = leaf
  const depth = leaf.depth + 1
  const cuts = binned.cuts[split.column]
  const middle = partition(work, leaf, split)
  const left = { gradient: split.leftGradient, hessian: split.leftHessian, ...childRange(leaf, split, rules, true) }
  const right = {
    gradient: leaf.gradient - split.leftGradient,
    hessian: leaf.hessian - split.leftHessian,
    ...childRange(leaf, split, rules, false),
  }
  nodes.feature[node] = split.column
  // Past the last cut only missing values part from the rest, and infinity goes with them: a threshold is finite.
  nodes.threshold[node] = split.bin < cuts.length ? cuts[split.bin] : Number.MAX_VALUE
  nodes.missingLeft[node] = split.missingLeft ? 1 : 0
  nodes.child[node] = addNode(nodes, left, rules)
  addNode(nodes, right, rules)

  const leftLeaf = { ...left, node: nodes.child[node], depth, begin, end: middle }
  const rightLeaf = { ...right, node: nodes.child[node] + 1, depth, begin: middle, end }
  if (depth >= rules.depthMax) {
    work.histograms.push(leaf.histogram!)
    return [openLeaf(work, rules, leftLeaf, undefined), openLeaf(work, rules, rightLeaf, undefined)]
  }
  const small = middle - begin <= end - middle ? leftLeaf : rightLeaf
  const filled = takeHistogram(work)
  fillHistogram(filled, binned, work.order, small.begin, small.end, work.gradients, work.hessians)
  subtractHistogram(leaf.histogram!, filled)
  const [leftSums, rightSums] = small === leftLeaf ? [filled, leaf.histogram] : [leaf.histogram, filled]
  return [openLeaf(work, rules, leftLeaf, leftSums), openLeaf(work, rules, rightLeaf, rightSums)]
}

function openLeaf(
  work: TreeWork,
  rules: TreeRules,
  leaf: Omit<Leaf, 'histogram' | 'split'>,
  histogram: Histogram | undefined,
): Leaf {
  const split = histogram && bestSplit(histogram, work.binned, leaf, rules)
  return { ...leaf, histogram, split }
}

/** Under a monotone column each side keeps to its side of the middle, or a deeper split could undo the order. */
function childRange(
  leaf: Leaf,
  split: Split,
  rules: TreeRules,
  isLeft: boolean,
): { valueMin: number; valueMax: number } {
  const { valueMin, valueMax } = leaf
  const direction = rules.monotone[split.column]
  if (direction === 0) return { valueMin, valueMax }
  const left = nodeValue({ ...leaf, gradient: split.leftGradient, hessian: split.leftHessian }, rules.l2)
  const gradient = leaf.gradient - split.leftGradient
  const right = nodeValue({ ...leaf, gradient, hessian: leaf.hessian - split.leftHessian }, rules.l2)
  const middle = (left + right) / 2
  return direction > 0 === isLeft ? { valueMin, valueMax: middle } : { valueMin: middle, valueMax }
}

/** Reorders the leaf's rows so that those going left come first, keeping their order; returns where right begins. */
function partition(work: TreeWork, leaf: Leaf, split: Split): number {
  const { binned, order, spare } = work
  const { bins, columns, firstBin } = binned
  const last = firstBin[split.column] + split.bin
  const missing = firstBin[split.column + 1] - 1
  let left = leaf.begin
  let right = 0
  for (let i = leaf.begin; i < leaf.end; i++) {
    const row = order[i]
    const bin = bins[row * columns + split.column]
    if (bin === missing ? split.missingLeft : bin <= last) order[left++] = row
    else spare[right++] = row
  }
  order.set(spare.subarray(0, right), left)
  return left
}

function addNode(nodes: NodeLists, sums: NodeSums, rules: TreeRules): number {
  nodes.feature.push(-1)
  nodes.threshold.push(0)
  nodes.child.push(0)
  nodes.missingLeft.push(0)
  return nodes.value.push(onGrid(nodeValue(sums, rules.l2) * rules.learningRate)) - 1
}

function sumRows(work: TreeWork, begin: number, end: number): { gradient: number; hessian: number } {
  let gradient = 0
  let hessian = 0
  for (let i = begin; i < end; i++) {
    gradient += work.gradients[work.order[i]]
    hessian += work.hessians[work.order[i]]
  }
  return { gradient, hessian }
}

function takeHistogram(work: TreeWork): Histogram {
  const { columns, firstBin } = work.binned
  return work.histograms.pop() ?? new Float64Array(2 * firstBin[columns])
}
