import { createRandom, randomInteger } from '../stats/random.ts'
import { type ClassWeights, weighRows } from './class-weights.ts'
import { cartPairs, growCart } from './grow-cart.ts'
import { GrowingForest } from './growing-forest.ts'
import { assertTrainable, type FeatureMatrix } from './matrix.ts'
import { binMatrix } from './quantile-bins.ts'
import { RandomForest } from './random-forest.ts'
import { onGrid } from './value-grid.ts'

export interface RandomForestOptions {
  /** Weight of each row; 1 if absent. Leaf sizes are in these units. */
  readonly weights?: ArrayLike<number>
  readonly classWeights?: ClassWeights
  readonly trees?: number
  readonly depthMax?: number
  /** Smallest summed weight of a leaf, a row drawn twice counted twice. */
  readonly leafWeightMin?: number
  /** Columns each node looks at, drawn anew; the root of their number if absent. */
  readonly columnsPerNode?: number
  /** Whether each tree is grown on as many rows as there are, drawn with replacement, or on every row once. */
  readonly bootstrap?: boolean
  /** Bins a column, at most. */
  readonly binsMax?: number
  readonly seed?: number
}

/** A prior that the votes of 2^16 trees cannot make 0 or 1. */
const PRIOR_MIN = 2 ** -20

/**
 * Fits {@link RandomForest}; `y` holds 0 and 1, or probabilities. Deterministic: the same rows, options and seed give
 * the same model to the bit.
 */
export function trainRandomForest(
  matrix: FeatureMatrix,
  y: ArrayLike<number>,
  options: RandomForestOptions = {},
): RandomForest {
  const { trees = 100, depthMax = 16, leafWeightMin = 1, bootstrap = true, binsMax = 128, seed = 1 } = options
  const { columnsPerNode = Math.max(1, Math.floor(Math.sqrt(matrix.columns))) } = options
  assertTrainable(matrix, y, options.weights)
  const rowWeights = weighRows(y, options.weights, options.classWeights)
  const random = createRandom(seed)
  const binned = binMatrix(matrix, binsMax)
  const forest = new GrowingForest()
  const importance = new Float64Array(matrix.columns)
  for (let tree = 0; tree < trees; tree++) {
    const weights = bootstrap ? drawRows(rowWeights, random) : rowWeights
    const order = Int32Array.from(weights.keys()).filter((row) => weights[row] > 0)
    const work = { binned, pairs: cartPairs(weights, y), order, random }
    growCart(work, { depthMax, leafWeightMin, columnsPerNode }, forest, shareOfPositives, importance)
  }
  return new RandomForest(matrix.names, priorOf(y, rowWeights), forest.finish(), importance)
}

/** Each row's weight times how often it was drawn. */
function drawRows(weights: Float64Array, random: () => number): Float64Array {
  const drawn = new Float64Array(weights.length)
  for (let draw = 0; draw < weights.length; draw++) {
    const row = randomInteger(random, weights.length)
    drawn[row] += weights[row]
  }
  return drawn
}

function shareOfPositives(positive: number, weight: number): number {
  // Rounding can carry a sum of fractions past its bounds; a draw of rows that all weigh nothing says neither.
  return weight > 0 ? Math.max(0, Math.min(1, positive / weight)) : 0.5
}

/** Share of positives, as if half a row of either class had been seen besides. */
function priorOf(y: ArrayLike<number>, weights: Float64Array): number {
  let positive = 0.5
  let total = 1
  for (let i = 0; i < weights.length; i++) {
    positive += weights[i] * y[i]
    total += weights[i]
  }
  return onGrid(Math.max(PRIOR_MIN, Math.min(1 - PRIOR_MIN, positive / total)))
}
