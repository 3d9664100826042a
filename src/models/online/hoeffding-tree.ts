import { arrayOf, demand, type OnlineLearner, type SavedModel } from '../model.ts'
import { Grower, type Growth } from './growing-tree.ts'
import { Node, NodeReader, writeNode } from './hoeffding-node.ts'

/** As MOA and River set it. */
export const TREE_GROWTH: Growth = {
  delta: 1e-7,
  tie: 0.05,
  grace: 200,
  leavesMax: 1000,
  subset: Number.POSITIVE_INFINITY,
}

/**
 * A decision tree that grows a row at a time and keeps none: a leaf splits once it has seen enough to be sure, but for a chance
 * of `delta`, which column parts its classes best. What it learned first it never unlearns.
 *
 * Source: Domingos and Hulten, "Mining high-speed data streams", KDD 2000; leaves answer by naive Bayes where that has been
 * right more often (Gama 2003; Holmes, Kirkby and Pfahringer 2005).
 */
export class HoeffdingTree implements OnlineLearner {
  static readonly kind = 'hoeffding-tree'
  readonly kind = HoeffdingTree.kind
  readonly featureNames: readonly string[]
  private readonly grower: Grower
  private root: Node
  private leaves = 1
  /** Splits there was no room for. */
  refused = 0

  constructor(featureNames: readonly string[]) {
    this.featureNames = featureNames
    this.grower = new Grower(featureNames.length, TREE_GROWTH, undefined)
    this.root = new Node(this.grower.newLeaf())
  }

  scoreOne(x: Float64Array, at = 0): number {
    return this.grower.margin(this.root.reach(x, at), x, at)
  }

  learnOne(x: Float64Array, at: number, y: number, weight: number): void {
    if (!(weight > 0)) return
    let node = this.root
    while (node.leaf === undefined) node = node.goesLeft(x, at) ? node.left! : node.right!
    if (!this.grower.learn(node.leaf, x, at, y, weight)) return
    if (this.leaves >= TREE_GROWTH.leavesMax) {
      this.refused++
      node.leaf.known = undefined
    } else if (this.grower.trySplit(node)) this.leaves++
  }

  save(): SavedModel {
    const numbers: number[] = []
    writeNode(this.root, numbers)
    return {
      parameters: {},
      arrays: { counts: Float64Array.of(this.leaves, this.refused), tree: Float64Array.from(numbers) },
    }
  }

  static load(saved: SavedModel, featureNames: readonly string[]): HoeffdingTree {
    const tree = new HoeffdingTree(featureNames)
    const [leaves, refused] = arrayOf(saved, 'counts', Float64Array, 2)
    const reader = new NodeReader(arrayOf(saved, 'tree', Float64Array), featureNames.length)
    const root = reader.read()
    demand(
      root !== undefined && reader.isDone && leaves >= 1 && refused >= 0,
      'The Hoeffding tree in the file is no tree.',
    )
    return Object.assign(tree, { root, leaves, refused })
  }
}
