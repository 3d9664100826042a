import type { Forest } from './compiled-forest.ts'
import { arrayOf, demand, type SavedModel } from './model.ts'

/** Largest value of a node, either way; a file with greater ones is refused. */
const VALUE_MAX = 1024

/** The forest among a saved model's arrays. Refuses trees that would loop, leave the arrays or score without bound. */
export function loadForest(saved: SavedModel, columns: number): Forest {
  const feature = arrayOf(saved, 'feature', Int32Array)
  const nodes = feature.length
  const forest: Forest = {
    roots: arrayOf(saved, 'roots', Int32Array),
    feature,
    threshold: arrayOf(saved, 'threshold', Float64Array, nodes),
    child: arrayOf(saved, 'child', Int32Array, nodes),
    missingLeft: arrayOf(saved, 'missingLeft', Uint8Array, nodes),
    value: arrayOf(saved, 'value', Float64Array, nodes),
  }
  demand(isForest(forest, columns), 'The model file holds trees that do not fit together.')
  return forest
}

/** Whether each node belongs to one tree only and stands behind its parent, so that every walk ends. */
function isForest({ roots, feature, threshold, child, value }: Forest, columns: number): boolean {
  const parents = new Uint8Array(feature.length)
  for (const root of roots) if (!(root >= 0 && root < feature.length) || parents[root]++ > 0) return false
  for (let node = 0; node < feature.length; node++) {
    if (!(Math.abs(value[node]) <= VALUE_MAX)) return false
    if (feature[node] === -1) continue
    const left = child[node]
    if (!(feature[node] >= 0 && feature[node] < columns && left > node && left + 1 < feature.length)) return false
    if (parents[left]++ > 0 || parents[left + 1]++ > 0 || !(threshold[node] < Infinity)) return false
  }
  return true
}
