import { arrayOf, demand, type SavedModel } from './model.ts'
import { onGrid } from './value-grid.ts'

/** The nodes of all trees, tree after tree: the form that is trained, saved and explained. */
export interface Forest {
  /** Node each tree begins at. */
  readonly roots: Int32Array
  /** Column asked, or -1 in a leaf. */
  readonly feature: Int32Array
  /** Values at or below it go to `child[node]`, greater ones to the node behind it. */
  readonly threshold: Float64Array
  readonly child: Int32Array
  /** 1 where missing values go with the small ones. */
  readonly missingLeft: Uint8Array
  /** What the tree would say if it ended here. */
  readonly value: Float64Array
  /** Weight of the training rows that came through, in the units its trainer counts in: what Shapley values need. */
  readonly cover: Float64Array
}

/** The most trees whose values still sum without rounding. */
const TREES_MAX = 2 ** 16
/** Keeps sums of covers finite. */
const COVER_MAX = 1e300

/** The trees of a model file. Refuses those that would loop, leave the arrays or say more than `low` to `high`. */
export function loadForest(saved: SavedModel, columns: number, low: number, high: number): Forest {
  const feature = arrayOf(saved, 'feature', Int32Array)
  const nodes = feature.length
  const forest: Forest = {
    roots: arrayOf(saved, 'roots', Int32Array),
    feature,
    threshold: arrayOf(saved, 'threshold', Float64Array, nodes),
    child: arrayOf(saved, 'child', Int32Array, nodes),
    missingLeft: arrayOf(saved, 'missingLeft', Uint8Array, nodes),
    value: arrayOf(saved, 'value', Float64Array, nodes),
    cover: arrayOf(saved, 'cover', Float64Array, nodes),
  }
  demand(
    isForest(forest, columns) &&
      forest.value.every((value) => value >= low && value <= high && onGrid(value) === value),
    'The model file holds trees that do not fit together.',
  )
  return forest
}

/** Whether a row goes to `child[node]`, and not to the node behind it. */
export function goesLeft({ feature, threshold, missingLeft }: Forest, node: number, x: Float64Array, at: number) {
  const v = x[at + feature[node]]
  return v <= threshold[node] || (Number.isNaN(v) && missingLeft[node] === 1)
}

/** Whether each node belongs to one tree only and stands behind its parent, so that every walk ends. */
function isForest({ roots, feature, threshold, child, cover }: Forest, columns: number): boolean {
  if (roots.length > TREES_MAX) return false
  const parents = new Uint8Array(feature.length)
  for (const root of roots) if (!(root >= 0 && root < feature.length) || parents[root]++ > 0) return false
  for (let node = 0; node < feature.length; node++) {
    if (!(cover[node] >= 0 && cover[node] <= COVER_MAX)) return false
    if (feature[node] === -1) continue
    const left = child[node]
    if (!(feature[node] >= 0 && feature[node] < columns && left > node && left + 1 < feature.length)) return false
    if (parents[left]++ > 0 || parents[left + 1]++ > 0 || !(threshold[node] < Infinity)) return false
    if (!(cover[left] + cover[left + 1] > 0)) return false
  }
  return true
}
