import { Adwin } from '../../drift/adwin.ts'
import { SavedRandom } from '../../stats/saved-random.ts'
import { arrayOf, demand, type OnlineLearner, type SavedModel } from '../model.ts'
import { Grower } from './growing-tree.ts'
import { Node, NodeReader, writeNode } from './hoeffding-node.ts'
import { TREE_GROWTH } from './hoeffding-tree.ts'

/** Rows both trees must have answered before one replaces the other, and the chance to be wrong then. */
const COMPARE_MIN = 300
const COMPARE_DELTA = 0.05
/** Learning weight is drawn with this mean, as MOA does, so that alternates differ from what they replace. */
const BAGGING = 1

/**
 * A Hoeffding tree that unlearns: every place counts the errors made below it, and where they rise a second tree grows beside it,
 * which takes its place once it errs less.
 *
 * Source: Bifet and Gavalda, "Adaptive learning from evolving data streams", IDA 2009, as MOA's HoeffdingAdaptiveTree.
 */
export class HoeffdingAdaptiveTree implements OnlineLearner {
  static readonly kind = 'hoeffding-adaptive-tree'
  readonly kind = HoeffdingAdaptiveTree.kind
  readonly featureNames: readonly string[]
  private readonly grower: Grower
  private readonly random: SavedRandom
  private root: Node
  private leaves = 1
  refused = 0
  /** Trees that took another's place. */
  replaced = 0

  constructor(featureNames: readonly string[], seed = 1) {
    this.featureNames = featureNames
    this.random = new SavedRandom(seed)
    this.grower = new Grower(featureNames.length, TREE_GROWTH, undefined)
    this.root = this.newNode()
  }

  scoreOne(x: Float64Array, at = 0): number {
    return this.grower.margin(this.root.reach(x, at), x, at)
  }

  learnOne(x: Float64Array, at: number, y: number, weight: number): void {
    if (!(weight > 0)) return
    const drawn = weight * this.random.poisson(BAGGING)
    this.root = this.learnAt(this.root, x, at, y, weight, drawn)
  }

  /** Learns a row at a place and below; gives the place, or what took its place. */
  private learnAt(node: Node, x: Float64Array, at: number, y: number, weight: number, drawn: number): Node {
    const errors = node.errors!
    const before = errors.mean
    const wrong = this.grower.margin(node.reach(x, at), x, at) > 0 === (y === 1) ? 0 : 1
    const changed = errors.add(wrong)
    if (node.leaf) {
      if (drawn > 0 && this.grower.learn(node.leaf, x, at, y, drawn)) this.grow(node)
      return node
    }
    if (changed && errors.mean > before && !node.alternate && this.leaves < TREE_GROWTH.leavesMax) {
      node.alternate = this.newNode()
      this.leaves++
    }
    const next = this.compare(node)
    if (next !== node) return this.learnAt(next, x, at, y, weight, drawn)
    if (node.alternate) node.alternate = this.learnAt(node.alternate, x, at, y, weight, drawn)
    if (node.goesLeft(x, at)) node.left = this.learnAt(node.left!, x, at, y, weight, drawn)
    else node.right = this.learnAt(node.right!, x, at, y, weight, drawn)
    return node
  }

  /** The alternate, where it errs less beyond chance; the place itself otherwise, without an alternate that errs more. */
  private compare(node: Node): Node {
    const { alternate } = node
    if (!alternate) return node
    const own = node.errors!
    const other = alternate.errors!
    if (own.width <= COMPARE_MIN || other.width <= COMPARE_MIN) return node
    const share = 1 / own.width + 1 / other.width
    const bound = Math.sqrt(2 * own.mean * (1 - own.mean) * Math.log(2 / COMPARE_DELTA) * share)
    if (own.mean - other.mean > bound) {
      node.alternate = undefined
      this.leaves -= leavesOf(node)
      this.replaced++
      return alternate
    }
    if (other.mean - own.mean > bound) {
      this.leaves -= leavesOf(alternate)
      node.alternate = undefined
    }
    return node
  }

  private grow(node: Node): void {
    if (this.leaves >= TREE_GROWTH.leavesMax) {
      this.refused++
      return
    }
    if (!this.grower.trySplit(node)) return
    node.left!.errors = new Adwin()
    node.right!.errors = new Adwin()
    this.leaves++
  }

  private newNode(): Node {
    const node = new Node(this.grower.newLeaf())
    node.errors = new Adwin()
    return node
  }

  save(): SavedModel {
    const numbers: number[] = []
    writeNode(this.root, numbers)
    const counts = Float64Array.of(this.random.state, this.leaves, this.refused, this.replaced)
    return { parameters: {}, arrays: { counts, tree: Float64Array.from(numbers) } }
  }

  static load(saved: SavedModel, featureNames: readonly string[]): HoeffdingAdaptiveTree {
    const [state, leaves, refused, replaced] = arrayOf(saved, 'counts', Float64Array, 4)
    const tree = new HoeffdingAdaptiveTree(featureNames, state)
    const reader = new NodeReader(arrayOf(saved, 'tree', Float64Array), featureNames.length)
    const root = reader.read()
    const sound = root !== undefined && reader.isDone && leaves >= 1 && watchesErrors(root)
    demand(sound, 'The Hoeffding adaptive tree in the file is no tree.')
    return Object.assign(tree, { root, leaves, refused, replaced })
  }
}

function leavesOf(node: Node): number {
  const own = node.leaf ? 1 : leavesOf(node.left!) + leavesOf(node.right!)
  return own + (node.alternate ? leavesOf(node.alternate) : 0)
}

function watchesErrors(node: Node): boolean {
  if (!node.errors) return false
  if (node.alternate && !watchesErrors(node.alternate)) return false
  return node.leaf !== undefined || (watchesErrors(node.left!) && watchesErrors(node.right!))
}
