import { type Forest, goesLeft } from './forest.ts'

/**
 * Walks each tree and books every change of its value on the feature that was asked (Saabas, 2014); adds to `out` and
 * returns the sum of the roots. Exact in sum, cheap, and biased towards features asked near the leaves: an
 * explanation, not a Shapley value (`shapley.ts` gives those).
 */
export function bookPaths(forest: Forest, x: Float64Array, at: number, out: Float64Array): number {
  const { roots, feature, child, value } = forest
  let sum = 0
  for (let tree = 0; tree < roots.length; tree++) {
    let node = roots[tree]
    sum += value[node]
    while (feature[node] >= 0) {
      const next = child[node] + (goesLeft(forest, node, x, at) ? 0 : 1)
      out[feature[node]] += value[next] - value[node]
      node = next
    }
  }
  return sum
}
