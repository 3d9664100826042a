import { Adwin } from '../../drift/adwin.ts'
import { SavedRandom } from '../../stats/saved-random.ts'
import { Grower, type Growth } from './growing-tree.ts'
import { Node, NodeReader, writeNode } from './hoeffding-node.ts'

const WARNING_DELTA = 0.01
const DRIFT_DELTA = 0.001
/** Share of its past right answers that a vote counts by goes, a row. */
const FADING = 0.999
const HEAD = 8

/** One tree of an adaptive forest, with what watches it and what grows to take its place. */
export class ForestMember {
  private readonly growth: Growth
  private readonly random: SavedRandom
  private readonly grower: Grower
  private tree: Node
  private background: Node | undefined
  private warning = new Adwin(WARNING_DELTA)
  private drift = new Adwin(DRIFT_DELTA)
  private leaves = 1
  private backgroundLeaves = 0
  private right = 0
  private seen = 0
  refused = 0
  replaced = 0

  constructor(columns: number, growth: Growth, seed: number) {
    this.growth = growth
    this.random = new SavedRandom(seed)
    this.grower = new Grower(columns, growth, this.random)
    this.tree = new Node(this.grower.newLeaf())
  }

  /** What the tree has been right in lately: what its vote counts. One half while it has answered nothing. */
  get accuracy(): number {
    return this.seen === 0 ? 0.5 : this.right / this.seen
  }

  margin(x: Float64Array, at: number): number {
    return this.grower.margin(this.tree.reach(x, at), x, at)
  }

  /** Learns a row as often as `bagging` draws it (Oza and Russell's online bagging). */
  learn(x: Float64Array, at: number, y: number, weight: number, bagging: number): void {
    const wrong = this.margin(x, at) > 0 === (y === 1) ? 0 : 1
    this.right = this.right * FADING + (1 - wrong)
    this.seen = this.seen * FADING + 1
    const drawn = weight * this.random.poisson(bagging)
    if (drawn > 0) {
      this.leaves += this.learnIn(this.tree, this.leaves, x, at, y, drawn)
      if (this.background) {
        this.backgroundLeaves += this.learnIn(this.background, this.backgroundLeaves, x, at, y, drawn)
      }
    }
    this.watch(wrong)
  }

  private learnIn(root: Node, leaves: number, x: Float64Array, at: number, y: number, weight: number): number {
    let node = root
    while (node.leaf === undefined) node = node.goesLeft(x, at) ? node.left! : node.right!
    if (!this.grower.learn(node.leaf, x, at, y, weight)) return 0
    if (leaves >= this.growth.leavesMax) {
      this.refused++
      return 0
    }
    return this.grower.trySplit(node) ? 1 : 0
  }

  private watch(wrong: number): void {
    const { warning, drift } = this
    const warned = warning.mean
    if (warning.add(wrong) && warning.mean > warned && !this.background) {
      this.background = new Node(this.grower.newLeaf())
      this.backgroundLeaves = 1
    }
    const before = drift.mean
    if (!drift.add(wrong) || drift.mean <= before) return
    this.tree = this.background ?? new Node(this.grower.newLeaf())
    this.leaves = this.background ? this.backgroundLeaves : 1
    this.background = undefined
    this.warning = new Adwin(WARNING_DELTA)
    this.drift = new Adwin(DRIFT_DELTA)
    this.right = 0
    this.seen = 0
    this.replaced++
  }

  /** Everything, as numbers. */
  save(): number[] {
    const { random, leaves, backgroundLeaves, right, seen, refused, replaced, background } = this
    const numbers: number[] = [
      random.state,
      leaves,
      backgroundLeaves,
      right,
      seen,
      refused,
      replaced,
      background ? 1 : 0,
    ]
    numbers.push(...this.warning.save(), ...this.drift.save())
    writeNode(this.tree, numbers)
    if (background) writeNode(background, numbers)
    return numbers
  }

  /** A member from what it saved; `undefined` where these are no such numbers. */
  static load(saved: Float64Array, columns: number, growth: Growth): ForestMember | undefined {
    const watcher = new Adwin().save().length
    const [state, leaves, backgroundLeaves, right, seen, refused, replaced, hasBackground] = saved
    const warning = Adwin.load(saved.slice(HEAD, HEAD + watcher))
    const drift = Adwin.load(saved.slice(HEAD + watcher, HEAD + 2 * watcher))
    const reader = new NodeReader(saved.slice(HEAD + 2 * watcher), columns)
    const tree = reader.read()
    const background = hasBackground === 1 ? reader.read() : undefined
    if (!warning || !drift || !tree || (hasBackground === 1 && !background) || !reader.isDone) return undefined
    if (
      ![leaves, backgroundLeaves, right, seen, refused, replaced].every((value) => value >= 0 && Number.isFinite(value))
    )
      return undefined
    const member = new ForestMember(columns, growth, 0)
    member.random.state = state >>> 0
    return Object.assign(member, {
      ...{ tree, background, warning, drift, leaves, backgroundLeaves, right, seen, refused, replaced },
    })
  }
}
