import { DenseNet } from '../nets/dense-net.ts'
import { exporterOf } from './exporter.ts'
import type { OnnxGraph, Value } from './graph.ts'

/** As the net reads a row: missing as nought, nothing past this. */
const VALUE_MAX = 1e3
const MARGIN_MAX = 1e4

/** Layer by layer, a sigmoid between them; the second output less the first. */
export const denseNet = exporterOf(DenseNet, (graph, { layers, widths }) => {
  let x = graph.apply('Where', [graph.apply('IsNaN', [graph.features]), graph.constant(0), graph.features])
  x = clamp(graph, x, VALUE_MAX)
  for (const [l, { weights, bias }] of layers.entries()) {
    x = graph.apply('MatMul', [x, graph.constant(weights, [widths[l], widths[l + 1]])])
    x = graph.apply('Add', [x, graph.constant(bias)])
    if (l < layers.length - 1) x = graph.apply('Sigmoid', [x])
  }
  const margin = graph.apply('MatMul', [x, graph.constant(Float64Array.of(-1, 1), [2, 1])])
  return clamp(graph, margin, MARGIN_MAX)
})

function clamp(graph: OnnxGraph, value: Value, most: number): Value {
  const raised = graph.apply('Max', [value, graph.constant(-most)])
  return graph.apply('Min', [raised, graph.constant(most)])
}
