import type { SavedRandom } from '../../stats/saved-random.ts'
import type { Cut, GaussianColumns } from './gaussian-columns.ts'
import { Leaf, Node } from './hoeffding-node.ts'

/** How a tree grows. */
export interface Growth {
  /** Chance that a split is not the best one, and the difference below which any of two will do. */
  readonly delta: number
  readonly tie: number
  /** Weight a leaf takes in between two looks for a split. */
  readonly grace: number
  /** Leaves a tree may have that can still grow: the memory of one is some hundred numbers. */
  readonly leavesMax: number
  /** Columns a leaf looks at, drawn anew for each; all where there is no chance. */
  readonly subset: number
}

/** Log-odds past this say no more. */
const MARGIN_MAX = 20

/** What every Hoeffding tree does at its leaves: answer, learn, split. Knows nothing of what happens above them. */
export class Grower {
  readonly growth: Growth
  private readonly columns: number
  private readonly random: SavedRandom | undefined
  private readonly cut: Cut = { column: 0, threshold: 0, gain: 0 }
  private readonly best: Cut = { column: 0, threshold: 0, gain: 0 }

  constructor(columns: number, growth: Growth, random: SavedRandom | undefined) {
    this.columns = columns
    this.growth = growth
    this.random = random
  }

  newLeaf(): Leaf {
    const { columns, growth, random } = this
    if (!random || growth.subset >= columns) return new Leaf(Int32Array.from({ length: columns }, (_, i) => i))
    const all = Int32Array.from({ length: columns }, (_, i) => i)
    for (let i = 0; i < growth.subset; i++) {
      const j = i + random.below(columns - i)
      const column = all[i]
      all[i] = all[j]
      all[j] = column
    }
    return new Leaf(all.slice(0, growth.subset).sort())
  }

  /** Log-odds at a leaf: of its classes, or by naive Bayes where that has been right more often. */
  margin(leaf: Leaf, x: Float64Array, at: number): number {
    return leaf.known && leaf.bayesRight > leaf.majorityRight ? this.bayes(leaf, x, at) : prior(leaf)
  }

  /** Learns a row at its leaf; true where the leaf should be looked at for a split. */
  learn(leaf: Leaf, x: Float64Array, at: number, y: number, weight: number): boolean {
    if (leaf.known) {
      if (prior(leaf) > 0 === (y === 1)) leaf.majorityRight += weight
      if (this.bayes(leaf, x, at) > 0 === (y === 1)) leaf.bayesRight += weight
      const { columns, known } = leaf
      for (let i = 0; i < columns.length; i++) {
        const value = x[at + columns[i]]
        if (Number.isFinite(value)) known.learn(i, value, y, weight)
      }
    }
    if (y === 1) leaf.weight1 += weight
    else leaf.weight0 += weight
    const all = leaf.weight0 + leaf.weight1
    if (!leaf.known || all - leaf.looked < this.growth.grace) return false
    leaf.looked = all
    return leaf.weight0 > 0 && leaf.weight1 > 0
  }

  /**
   * Splits the node's leaf where its best column beats the second best by Hoeffding's bound e = sqrt(ln(1/delta) / 2n), or both
   * are as good; gives whether it did.
   */
  trySplit(node: Node): boolean {
    const leaf = node.leaf!
    const known = leaf.known!
    const { best, cut } = this
    best.gain = 0
    let second = 0
    for (let i = 0; i < leaf.columns.length; i++) {
      known.bestCut(i, cut)
      if (cut.gain > best.gain) {
        second = best.gain
        Object.assign(best, cut)
      } else if (cut.gain > second) second = cut.gain
    }
    if (best.gain <= 0) return false
    const bound = Math.sqrt(Math.log(1 / this.growth.delta) / (2 * (leaf.weight0 + leaf.weight1)))
    if (best.gain - second <= bound && bound >= this.growth.tie) return false
    this.split(node, leaf, known)
    return true
  }

  private split(node: Node, leaf: Leaf, known: GaussianColumns): void {
    const { best } = this
    const left = this.newLeaf()
    const right = this.newLeaf()
    left.weight0 = known.weightBelow(best.column, best.threshold, 0)
    left.weight1 = known.weightBelow(best.column, best.threshold, 1)
    right.weight0 = Math.max(0, leaf.weight0 - left.weight0)
    right.weight1 = Math.max(0, leaf.weight1 - left.weight1)
    left.looked = left.weight0 + left.weight1
    right.looked = right.weight0 + right.weight1
    node.leaf = undefined
    node.column = leaf.columns[best.column]
    node.threshold = best.threshold
    node.missingLeft = left.looked >= right.looked
    node.left = new Node(left)
    node.right = new Node(right)
  }

  private bayes(leaf: Leaf, x: Float64Array, at: number): number {
    const { columns } = leaf
    const known = leaf.known!
    let margin = prior(leaf)
    for (let i = 0; i < columns.length; i++) {
      const value = x[at + columns[i]]
      if (Number.isFinite(value)) margin += known.logDensity(i, value, 1) - known.logDensity(i, value, 0)
    }
    return margin > MARGIN_MAX ? MARGIN_MAX : margin > -MARGIN_MAX ? margin : -MARGIN_MAX
  }
}

function prior({ weight0, weight1 }: Leaf): number {
  return Math.log((weight1 + 0.5) / (weight0 + 0.5))
}
