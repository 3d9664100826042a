import type { Forest } from '../compiled-forest.ts'
import { integer, integers, tensorOf } from './attribute.ts'
import type { OnnxGraph, Value } from './graph.ts'
import { doubleTensor, octetTensor } from './tensor.ts'

const AT_MOST = 0
const SUM = 1

/**
 * The sum of `base` and the leaves that `forest` puts a row into: one `TreeEnsemble` of doubles, so thresholds compare
 * as they do here, also at ties. The older `TreeEnsembleRegressor` gives float32, which is wrong from the seventh digit.
 */
export function treeEnsemble(graph: OnnxGraph, forest: Forest, base: number, features: Value): Value {
  const { feature, child } = forest
  const { first, questions, leaves, placeOf } = inOrder(forest)
  // A tree begins with a question here, so a tree of one leaf asks what leads to the leaf either way.
  const asks = (node: number) => feature[node] >= 0
  const sides = [0, 1].map((side) => questions.map((node) => (asks(node) ? child[node] + side : node)))
  const [yes, no] = sides.map((nodes) => ({
    ids: nodes.map((node) => placeOf[node]),
    leaves: nodes.map((node) => (asks(node) ? 0 : 1)),
  }))
  const doubles = (name: string, values: number[]) => tensorOf(name, doubleTensor(name, [values.length], values))
  const modes = new Uint8Array(questions.length).fill(AT_MOST)
  const sum = graph.apply(
    'TreeEnsemble',
    [features],
    [
      integer('aggregate_function', SUM),
      integer('n_targets', 1),
      integers('tree_roots', first),
      integers(
        'nodes_featureids',
        questions.map((node) => Math.max(0, feature[node])),
      ),
      doubles(
        'nodes_splits',
        questions.map((node) => (asks(node) ? forest.threshold[node] : 0)),
      ),
      tensorOf('nodes_modes', octetTensor('nodes_modes', modes)),
      integers(
        'nodes_missing_value_tracks_true',
        questions.map((node) => (asks(node) ? forest.missingLeft[node] : 1)),
      ),
      integers('nodes_truenodeids', yes.ids),
      integers('nodes_trueleafs', yes.leaves),
      integers('nodes_falsenodeids', no.ids),
      integers('nodes_falseleafs', no.leaves),
      integers('leaf_targetids', new Uint8Array(leaves.length)),
      doubles(
        'leaf_weights',
        leaves.map((node) => forest.value[node]),
      ),
    ],
    'ai.onnx.ml',
  )
  return graph.apply('Add', [sum, graph.constant(base)])
}

/** The nodes of every tree from its root on, and where each stands among the questions or among the leaves. */
function inOrder({ roots, feature, child }: Forest) {
  const questions: number[] = []
  const leaves: number[] = []
  const placeOf = new Int32Array(feature.length)
  const first = Array.from(roots, (root) => {
    const begin = questions.length
    if (feature[root] < 0) questions.push(root)
    const open = [root]
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      placeOf[node] = (feature[node] < 0 ? leaves : questions).push(node) - 1
      if (feature[node] >= 0) open.push(child[node] + 1, child[node])
    }
    return begin
  })
  return { first, questions, leaves, placeOf }
}
