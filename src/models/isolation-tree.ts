import { randomInteger } from '../stats/random.ts'
import type { FeatureMatrix } from './matrix.ts'
import { type NodeLists, onGrid } from './tree.ts'

/**
 * Depth at which a search in a random tree over `rows` rows ends on average: c(n) of the paper's equation 1.
 *
 * @example
 * averageDepth(256) // 10.248689925634556
 */
export function averageDepth(rows: number): number {
  if (rows < 2) return 0
  let harmonic = 0
  for (let i = rows - 1; i > 0; i--) harmonic += 1 / i
  return 2 * harmonic - (2 * (rows - 1)) / rows
}

/** What growing an isolation tree needs of its forest. */
export interface IsolationWork {
  readonly matrix: FeatureMatrix
  readonly random: () => number
  readonly nodes: NodeLists
  /** Depth an average row has in a tree that is grown to its end. */
  readonly expected: number
  readonly depthMax: number
  /** Share of one tree in the forest's score. */
  readonly share: number
}

/** Grows one tree over `rows` onto the lists: random columns cut at random places until every row stands alone. */
export function growIsolationTree(work: IsolationWork, rows: readonly number[]): void {
  grow(work, rows, 0, addNode(work, rows.length, 0))
}

function grow(work: IsolationWork, rows: readonly number[], depth: number, node: number): void {
  const { nodes, matrix } = work
  const cut = depth < work.depthMax ? drawCut(work, rows) : undefined
  if (cut === undefined) return
  const { column, threshold } = cut
  const at = (row: number) => matrix.values[row * matrix.columns + column]
  const known = rows.filter((row) => !Number.isNaN(at(row)))
  const missingLeft = 2 * known.filter((row) => at(row) <= threshold).length >= known.length
  const goesLeft = (row: number) => at(row) <= threshold || (missingLeft && Number.isNaN(at(row)))
  const left = rows.filter(goesLeft)
  const right = rows.filter((row) => !goesLeft(row))
  const child = addNode(work, left.length, depth + 1)
  addNode(work, right.length, depth + 1)
  nodes.feature[node] = column
  nodes.threshold[node] = threshold
  nodes.missingLeft[node] = missingLeft ? 1 : 0
  nodes.child[node] = child
  grow(work, left, depth + 1, child)
  grow(work, right, depth + 1, child + 1)
}

/** A column drawn among those in which the rows differ, and a place inside its range. */
function drawCut(work: IsolationWork, rows: readonly number[]): { column: number; threshold: number } | undefined {
  const { values, columns } = work.matrix
  const left = Array.from({ length: columns }, (_, column) => column)
  while (left.length > 0) {
    const [column] = left.splice(randomInteger(work.random, left.length), 1)
    let [low, high] = [Infinity, -Infinity]
    for (const row of rows) {
      const value = values[row * columns + column]
      if (!Number.isFinite(value)) continue
      low = Math.min(low, value)
      high = Math.max(high, value)
    }
    if (!(low < high)) continue
    const share = work.random()
    // Not low + share * (high - low), which overflows where the range does.
    const threshold = Math.max(low, low * (1 - share) + high * share)
    return { column, threshold: threshold < high ? threshold : low }
  }
  return undefined
}

/** A node's value is how much less deep its rows come to stand than an average row: exact sums, as boosting's. */
function addNode({ nodes, expected, share }: IsolationWork, rows: number, depth: number): number {
  nodes.feature.push(-1)
  nodes.threshold.push(0)
  nodes.child.push(0)
  nodes.missingLeft.push(0)
  return nodes.value.push(onGrid((expected - depth - averageDepth(rows)) * share)) - 1
}
