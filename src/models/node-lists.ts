import type { Forest } from './compiled-forest.ts'
import type { NodeLists } from './tree.ts'

/** The nodes of no tree yet. */
export function emptyNodes(): NodeLists {
  return { feature: [], threshold: [], child: [], missingLeft: [], value: [] }
}

/** The grown lists as the arrays that are scored and saved. */
export function forestOf(roots: Int32Array, nodes: NodeLists): Forest {
  return {
    roots,
    feature: Int32Array.from(nodes.feature),
    threshold: Float64Array.from(nodes.threshold),
    child: Int32Array.from(nodes.child),
    missingLeft: Uint8Array.from(nodes.missingLeft),
    value: Float64Array.from(nodes.value),
  }
}
