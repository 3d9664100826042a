import { randomInteger } from '../stats/random.ts'
import type { GrowingForest, NodeFacts, Question } from './growing-forest.ts'
import type { FeatureMatrix } from './matrix.ts'

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
  readonly forest: GrowingForest
  /** Depth an average row has in a tree that is grown to its end. */
  readonly expected: number
  readonly depthMax: number
  /** Share of one tree in the forest's score. */
  readonly share: number
}

/** Grows one more tree over `rows`: random columns cut at random places until every row stands alone. */
export function growIsolationTree(work: IsolationWork, rows: readonly number[]): void {
  const { value, cover } = factsOf(work, rows.length, 0)
  grow(work, rows, 0, work.forest.plant(value, cover))
}

function grow(work: IsolationWork, rows: readonly number[], depth: number, node: number): void {
  const cut = depth < work.depthMax ? drawCut(work, rows) : undefined
  if (cut === undefined) return
  const { values, columns } = work.matrix
  const at = (row: number) => values[row * columns + cut.column]
  const known = rows.filter((row) => !Number.isNaN(at(row)))
  const missingLeft = 2 * known.filter((row) => at(row) <= cut.threshold).length >= known.length
  const goesLeft = (row: number) => at(row) <= cut.threshold || (missingLeft && Number.isNaN(at(row)))
  const left = rows.filter(goesLeft)
  const right = rows.filter((row) => !goesLeft(row))
  const below = depth + 1
  const child = work.forest.split(
    node,
    { ...cut, missingLeft },
    factsOf(work, left.length, below),
    factsOf(work, right.length, below),
  )
  grow(work, left, below, child)
  grow(work, right, below, child + 1)
}

/** A column drawn among those in which the rows differ, and a place inside its range. */
function drawCut(work: IsolationWork, rows: readonly number[]): Omit<Question, 'missingLeft'> | undefined {
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

/** A node's value is how much less deep its rows come to stand than an average row, in its tree's share of the score. */
function factsOf({ expected, share }: IsolationWork, rows: number, depth: number): NodeFacts {
  return { value: (expected - depth - averageDepth(rows)) * share, cover: rows }
}
