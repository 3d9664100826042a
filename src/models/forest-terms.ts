import type { Forest } from './compiled-forest.ts'

/**
 * Walks each tree and books every change of the node's value on the feature that was asked (Saabas, 2014), into `out`;
 * returns what the roots say before any question. Exact in sum where values lie on a grid (see `onGrid`), cheap, and
 * biased towards features asked near the leaves: an explanation, not a Shapley value.
 */
export function forestTerms(forest: Forest, x: Float64Array, at: number, out: Float64Array): number {
  const { roots, feature, threshold, child, missingLeft, value } = forest
  out.fill(0)
  let base = 0
  for (let tree = 0; tree < roots.length; tree++) {
    let node = roots[tree]
    base += value[node]
    while (feature[node] >= 0) {
      const column = feature[node]
      const v = x[at + column]
      const left = v <= threshold[node] || (Number.isNaN(v) && missingLeft[node] === 1)
      const next = left ? child[node] : child[node] + 1
      out[column] += value[next] - value[node]
      node = next
    }
  }
  return base
}
