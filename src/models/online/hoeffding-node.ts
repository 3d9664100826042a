import { Adwin } from '../../drift/adwin.ts'
import { GaussianColumns } from './gaussian-columns.ts'

/** Where a tree ends: what it has seen, to answer by and to grow from. */
export class Leaf {
  /** Weight of either class. */
  weight0 = 0
  weight1 = 0
  /** Weight at the last look for a split. */
  looked = 0
  /** Weight of rows that the majority, and that naive Bayes, had right before they were learned. */
  majorityRight = 0
  bayesRight = 0
  /** Columns it looks at. */
  readonly columns: Int32Array
  /** What it knows of them, in their order; nothing once it may not grow any more. */
  known: GaussianColumns | undefined

  constructor(columns: Int32Array, known: GaussianColumns | undefined = GaussianColumns.empty(columns.length)) {
    this.columns = columns
    this.known = known
  }
}

/** A place in a tree: a leaf, or a cut with two places below it. */
export class Node {
  leaf: Leaf | undefined
  column = -1
  threshold = 0
  /** Where rows go that have no value there. */
  missingLeft = true
  left: Node | undefined
  right: Node | undefined
  /** In adaptive trees: errors of all below, and the tree that may take its place. */
  errors: Adwin | undefined
  alternate: Node | undefined

  constructor(leaf: Leaf | undefined) {
    this.leaf = leaf
  }

  /** The leaf that a row comes to. */
  reach(x: Float64Array, at: number): Leaf {
    let node: Node = this
    while (node.leaf === undefined) node = node.goesLeft(x, at) ? node.left! : node.right!
    return node.leaf
  }

  goesLeft(x: Float64Array, at: number): boolean {
    const value = x[at + this.column]
    return Number.isNaN(value) ? this.missingLeft : value <= this.threshold
  }
}

const FLAG = { leaf: 1, known: 2, missingLeft: 4, errors: 8, alternate: 16 }
/** Nodes a file may hold: more than any tree grows to. */
const NODES_MAX = 1 << 20

/** Writes a tree as numbers, parents before children. */
export function writeNode(node: Node, out: number[]): void {
  const { leaf, errors, alternate } = node
  const flags =
    (leaf ? FLAG.leaf : 0) |
    (leaf?.known ? FLAG.known : 0) |
    (node.missingLeft ? FLAG.missingLeft : 0) |
    (errors ? FLAG.errors : 0) |
    (alternate ? FLAG.alternate : 0)
  out.push(flags)
  if (errors) out.push(...errors.save())
  if (leaf) {
    out.push(leaf.weight0, leaf.weight1, leaf.looked, leaf.majorityRight, leaf.bayesRight, leaf.columns.length)
    out.push(...leaf.columns)
    if (leaf.known) out.push(...leaf.known.numbers)
  } else {
    out.push(node.column, node.threshold)
    writeNode(node.left!, out)
    writeNode(node.right!, out)
  }
  if (alternate) writeNode(alternate, out)
}

/** Reads what {@link writeNode} wrote; whatever is no tree of `columns` columns is `undefined`. */
export class NodeReader {
  private readonly numbers: Float64Array
  private readonly columns: number
  private readonly errorNumbers = new Adwin().save().length
  private at = 0
  private nodes = 0

  constructor(numbers: Float64Array, columns: number) {
    this.numbers = numbers
    this.columns = columns
  }

  get isDone(): boolean {
    return this.at === this.numbers.length
  }

  read(depth = 0): Node | undefined {
    if (depth > 512 || ++this.nodes > NODES_MAX || this.at >= this.numbers.length) return undefined
    const flags = this.numbers[this.at++]
    const has = (flag: number) => (flags & flag) !== 0
    const errors = has(FLAG.errors) ? Adwin.load(this.take(this.errorNumbers)) : undefined
    if (has(FLAG.errors) && !errors) return undefined
    const node = has(FLAG.leaf) ? this.readLeaf(has(FLAG.known)) : this.readCut(depth)
    if (!node) return undefined
    node.missingLeft = has(FLAG.missingLeft)
    node.errors = errors
    if (!has(FLAG.alternate)) return node
    node.alternate = this.read(depth + 1)
    return node.alternate && node
  }

  private take(count: number): Float64Array {
    const taken = this.numbers.slice(this.at, this.at + count)
    this.at += count
    return taken
  }

  private readLeaf(known: boolean): Node | undefined {
    const [weight0, weight1, looked, majorityRight, bayesRight, count] = this.take(6)
    if (![weight0, weight1, looked, majorityRight, bayesRight].every((value) => value >= 0 && value < 1e15))
      return undefined
    if (!(count >= 1 && count <= this.columns)) return undefined
    const columns = Int32Array.from(this.take(count))
    if (columns.length !== count || !columns.every((column) => column >= 0 && column < this.columns)) return undefined
    const numbers = known ? this.take(GaussianColumns.empty(count).numbers.length) : undefined
    if (numbers && !numbers.every(Number.isFinite)) return undefined
    if (numbers && numbers.length !== GaussianColumns.empty(count).numbers.length) return undefined
    const leaf = new Leaf(columns, numbers && new GaussianColumns(numbers))
    if (!known) leaf.known = undefined
    return new Node(Object.assign(leaf, { weight0, weight1, looked, majorityRight, bayesRight }))
  }

  private readCut(depth: number): Node | undefined {
    const [column, threshold] = this.take(2)
    if (!(Number.isInteger(column) && column >= 0 && column < this.columns) || !Number.isFinite(threshold))
      return undefined
    const left = this.read(depth + 1)
    const right = left && this.read(depth + 1)
    if (!left || !right) return undefined
    return Object.assign(new Node(undefined), { column, threshold, left, right })
  }
}
