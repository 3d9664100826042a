import { createRandom } from '../stats/random.ts'
import { logit } from '../stats/sigmoid.ts'
import { type ClassWeights, weighRows } from './class-weights.ts'
import { DecisionTree } from './decision-tree.ts'
import { cartPairs, growCart } from './grow-cart.ts'
import { GrowingForest } from './growing-forest.ts'
import { assertTrainable, type FeatureMatrix } from './matrix.ts'
import { binMatrix } from './quantile-bins.ts'

export interface DecisionTreeOptions {
  /** Weight of each row; 1 if absent. Leaf sizes are in these units. */
  readonly weights?: ArrayLike<number>
  readonly classWeights?: ClassWeights
  readonly depthMax?: number
  /** Smallest summed weight of a leaf. */
  readonly leafWeightMin?: number
  /** Bins a column, at most. */
  readonly binsMax?: number
}

/**
 * Fits {@link DecisionTree}; `y` holds 0 and 1, or probabilities. Deterministic. The defaults give a tree that a person
 * can read: at most 64 leaves, none below twenty rows.
 */
export function trainDecisionTree(
  matrix: FeatureMatrix,
  y: ArrayLike<number>,
  options: DecisionTreeOptions = {},
): DecisionTree {
  const { depthMax = 6, leafWeightMin = 20, binsMax = 128 } = options
  assertTrainable(matrix, y, options.weights)
  const weights = weighRows(y, options.weights, options.classWeights)
  const order = Int32Array.from(weights.keys()).filter((row) => weights[row] > 0)
  // With every column looked at by every node the draw decides nothing but ties; it is the same in every run.
  const work = { binned: binMatrix(matrix, binsMax), pairs: cartPairs(weights, y), order, random: createRandom(1) }
  const rules = { depthMax, leafWeightMin, columnsPerNode: matrix.columns }
  const forest = new GrowingForest()
  growCart(work, rules, forest, leafLogOdds(weights, y), new Float64Array(matrix.columns))
  return new DecisionTree(matrix.names, forest.finish())
}

/** Log-odds of a leaf with one row of the class mix added; the mix has half a row of either class added itself. */
function leafLogOdds(weights: Float64Array, y: ArrayLike<number>): (positive: number, weight: number) => number {
  let positives = 0.5
  let total = 1
  for (let i = 0; i < weights.length; i++) {
    positives += weights[i] * y[i]
    total += weights[i]
  }
  const mix = positives / total
  return (positive, weight) => logit((positive + mix) / (weight + 1))
}
