import type { GrowingForest, NodeFacts } from './growing-forest.ts'
import { type Histogram, subtractHistogram } from './histogram.ts'
import type { HistogramFiller } from './histogram-filler.ts'
import { partitionRows } from './partition-rows.ts'
import { type BinnedMatrix, thresholdOf } from './quantile-bins.ts'
import { bestSplit, type NodeSums, nodeValue, type Split, type SplitRules } from './split.ts'
import { VALUE_MAX } from './value-grid.ts'

export interface TreeRules extends SplitRules {
  readonly depthMax: number
  readonly leavesMax: number
  readonly learningRate: number
}

/** What growing needs of the training set, and scratch space that trees share. */
export interface TreeWork {
  readonly binned: BinnedMatrix
  /** Holds gradients, curvatures and the rows to grow on, which are reordered. */
  readonly filler: HistogramFiller
  readonly spare: Int32Array
  readonly histograms: Histogram[]
}

/** A leaf of the finished tree, and its rows: those at `order[begin..end)`. */
export interface GrownLeaf {
  readonly node: number
  readonly begin: number
  readonly end: number
}

interface Leaf extends GrownLeaf, NodeSums {
  readonly depth: number
  readonly histogram: Histogram | undefined
  readonly split: Split | undefined
}

/** Covers are never zero, as explanations take shares of them. */
const COVER_MIN = 1e-300

/**
 * Grows one tree on the first `rows` of the order onto `forest`, best leaf first (as LightGBM does), and books each
 * split's gain on its column. With `leavesMax` at 2^depthMax this is the full depth-wise tree.
 */
export function growTree(
  work: TreeWork,
  rows: number,
  rules: TreeRules,
  forest: GrowingForest,
  gainOf: Float64Array,
): readonly GrownLeaf[] {
  const range = { valueMin: -VALUE_MAX, valueMax: VALUE_MAX }
  const sums = { ...range, ...sumRows(work, rows) }
  const histogram = takeHistogram(work)
  work.filler.fill(histogram, 0, rows)
  const facts = factsOf(sums, rules)
  const root = forest.plant(facts.value, facts.cover)
  const leaves = [openLeaf(work, rules, { ...sums, node: root, depth: 0, begin: 0, end: rows }, histogram)]
  for (let count = 1; count < rules.leavesMax; count++) {
    let pick = -1
    for (let i = 0; i < leaves.length; i++) {
      if (leaves[i].split && (pick < 0 || leaves[i].split!.gain > leaves[pick].split!.gain)) pick = i
    }
    if (pick < 0) break
    const [leaf] = leaves.splice(pick, 1)
    gainOf[leaf.split!.column] += leaf.split!.gain
    leaves.push(...divide(work, rules, forest, leaf, leaf.split!))
  }
  for (const leaf of leaves) if (leaf.histogram) work.histograms.push(leaf.histogram)
  return leaves
}

function divide(work: TreeWork, rules: TreeRules, forest: GrowingForest, leaf: Leaf, split: Split): Leaf[] {
  const { binned, filler, spare } = work
  const { node, begin, end } = leaf
  const depth = leaf.depth + 1
  const middle = partitionRows(binned, split, filler.order, spare, begin, end)
  const left = { gradient: split.leftGradient, hessian: split.leftHessian, ...childRange(leaf, split, rules, true) }
  const right = {
    gradient: leaf.gradient - split.leftGradient,
    hessian: leaf.hessian - split.leftHessian,
    ...childRange(leaf, split, rules, false),
  }
  const question = { ...split, threshold: thresholdOf(binned, split.column, split.bin) }
  const child = forest.split(node, question, factsOf(left, rules), factsOf(right, rules))

  const leftLeaf = { ...left, node: child, depth, begin, end: middle }
  const rightLeaf = { ...right, node: child + 1, depth, begin: middle, end }
  if (depth >= rules.depthMax) {
    work.histograms.push(leaf.histogram!)
    return [openLeaf(work, rules, leftLeaf, undefined), openLeaf(work, rules, rightLeaf, undefined)]
  }
  const small = middle - begin <= end - middle ? leftLeaf : rightLeaf
  const filled = takeHistogram(work)
  filler.fill(filled, small.begin, small.end)
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

/** A node's worth. Its cover is its curvature, which counts a decided row for less. */
function factsOf(sums: NodeSums, rules: TreeRules): NodeFacts {
  return { value: nodeValue(sums, rules.l2) * rules.learningRate, cover: Math.max(COVER_MIN, sums.hessian) }
}

function sumRows({ filler }: TreeWork, rows: number): { gradient: number; hessian: number } {
  const { pairs, order } = filler
  let gradient = 0
  let hessian = 0
  for (let i = 0; i < rows; i++) {
    gradient += pairs[2 * order[i]]
    hessian += pairs[2 * order[i] + 1]
  }
  return { gradient, hessian }
}

function takeHistogram({ binned, histograms }: TreeWork): Histogram {
  return histograms.pop() ?? new Float64Array(2 * binned.firstBin[binned.columns])
}
