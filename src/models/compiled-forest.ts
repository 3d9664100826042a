import type { Forest } from './forest.ts'

/** Trees walked at once. */
const GROUP = 4

/**
 * The same trees laid out for scoring, without a branch that depends on the row. Every node asks "is x, or -x, greater
 * than the threshold"; missing values always answer no, so where they must go right the node is mirrored and asks about
 * -x. A leaf asks what is never true and leads to itself, so a tree can be walked further than it is deep. Four trees
 * of about one depth are walked at once, since a step waits for the one before it, and only another tree's can be done
 * meanwhile: 2.9 us a row for 100 trees of 31 leaves, against 14 us one after another.
 */
export class CompiledForest {
  /** Of each tree, trees of a like depth together; as many as fill whole groups. Nodes are numbered in steps of two. */
  readonly #roots: Int32Array
  /** Of each group, its deepest tree's depth. */
  readonly #depths: Int32Array
  /** In pairs: where a "no" leads (a "yes" leads to the node behind it), and which number is asked about. */
  readonly #links: Int32Array
  readonly #thresholds: Float64Array
  readonly #values: Float64Array
  readonly #columns: number
  /** The row's numbers, and the same negated. */
  readonly #asked: Float64Array

  constructor(forest: Forest, columns: number) {
    // Node 0 is a leaf that says nothing: the tree that fills up the last group.
    const nodes = forest.feature.length + 1
    this.#columns = columns
    this.#asked = new Float64Array(2 * columns)
    this.#thresholds = new Float64Array(nodes).fill(Infinity)
    this.#links = Int32Array.from({ length: 2 * nodes }, (_, i) => (i % 2 === 0 ? i : 0))
    this.#values = new Float64Array(nodes)
    let used = 1
    const trees: { readonly root: number; readonly depth: number }[] = []
    for (const from of forest.roots) {
      const root = used++
      let depth = 0
      const open = [{ from, to: root, level: 0 }]
      for (let node = open.pop(); node !== undefined; node = open.pop()) {
        const { from, to, level } = node
        depth = Math.max(depth, level)
        this.#values[to] = forest.value[from]
        if (forest.feature[from] < 0) continue
        const mirrored = forest.missingLeft[from] === 0
        const left = forest.child[from]
        this.#thresholds[to] = mirrored ? below(-forest.threshold[from]) : forest.threshold[from]
        this.#links[2 * to] = 2 * used
        this.#links[2 * to + 1] = forest.feature[from] + (mirrored ? columns : 0)
        open.push({ from: mirrored ? left + 1 : left, to: used, level: level + 1 })
        open.push({ from: mirrored ? left : left + 1, to: used + 1, level: level + 1 })
        used += 2
      }
      trees.push({ root, depth })
    }
    while (trees.length % GROUP > 0) trees.push({ root: 0, depth: 0 })
    trees.sort((a, b) => a.depth - b.depth)
    this.#roots = Int32Array.from(trees, ({ root }) => 2 * root)
    this.#depths = Int32Array.from({ length: trees.length / GROUP }, (_, i) => trees[GROUP * (i + 1) - 1].depth)
  }

  /** `base` and the value of the leaf that each tree puts the row into; exact, as values are on the grid. */
  score(base: number, x: Float64Array, at: number): number {
    const roots = this.#roots
    const depths = this.#depths
    const links = this.#links
    const thresholds = this.#thresholds
    const values = this.#values
    const columns = this.#columns
    const asked = this.#asked
    for (let column = 0; column < columns; column++) {
      const value = x[at + column]
      asked[column] = value
      asked[columns + column] = -value
    }
    // From 0, not from `base`: a sum that starts as an argument is boxed anew at every tree, a kilobyte a row.
    let margin = 0
    for (let group = 0; group < depths.length; group++) {
      let a = roots[GROUP * group]
      let b = roots[GROUP * group + 1]
      let c = roots[GROUP * group + 2]
      let d = roots[GROUP * group + 3]
      for (let step = depths[group]; step > 0; step--) {
        a = links[a] + 2 * yes(asked[links[a + 1]] > thresholds[a >> 1])
        b = links[b] + 2 * yes(asked[links[b + 1]] > thresholds[b >> 1])
        c = links[c] + 2 * yes(asked[links[c + 1]] > thresholds[c >> 1])
        d = links[d] + 2 * yes(asked[links[d + 1]] > thresholds[d >> 1])
      }
      margin += values[a >> 1] + values[b >> 1] + values[c >> 1] + values[d >> 1]
    }
    return base + margin
  }
}

/** `| 0` makes a number of the comparison without a jump; `? 1 : 0` does not. */
function yes(answer: boolean): number {
  return (answer as unknown as number) | 0
}

const double = new Float64Array(1)
const bits = new BigInt64Array(double.buffer)

/** The next double below `value`: `-x > below(-t)` is `x <= t`. */
function below(value: number): number {
  if (value === -Infinity) return value
  double[0] = value === 0 ? -0 : value
  bits[0] += double[0] > 0 ? -1n : 1n
  return double[0]
}
