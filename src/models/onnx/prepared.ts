import { ModelFileError } from '../model.ts'
import { PreparedModel } from '../prepared-model.ts'
import { Clamping } from '../steps/clamping.ts'
import { Imputation } from '../steps/imputation.ts'
import { Scaling } from '../steps/scaling.ts'
import type { Step } from '../steps/step.ts'
import { integer } from './attribute.ts'
import { exporterOf, type OnnxExporter } from './exporter.ts'
import type { OnnxGraph, Value } from './graph.ts'

/** What was done to the rows, the columns that were chosen, and the model that reads what is left. */
export function preparedExporter(inner: readonly OnnxExporter[]): OnnxExporter {
  return exporterOf(PreparedModel, (graph, model) => {
    const exporter = inner.find(({ kind }) => kind === model.inner.kind)
    if (!exporter) throw new ModelFileError(`A ${model.inner.kind} model cannot be written as ONNX.`)
    for (const step of model.steps) graph.features = stepOf(graph, step)
    graph.features = graph.apply('Gather', [graph.features, graph.indices(model.columns)], [integer('axis', 1)])
    return exporter.margin(graph, model.inner)
  })
}

function stepOf(graph: OnnxGraph, step: Step): Value {
  const { features } = graph
  if (step instanceof Scaling) {
    const shifted = graph.apply('Sub', [features, graph.constant(step.offsets)])
    return graph.apply('Div', [shifted, graph.constant(step.spreads)])
  }
  const missing = graph.apply('IsNaN', [features])
  if (step instanceof Imputation) return graph.apply('Where', [missing, graph.constant(step.fillings), features])
  if (step instanceof Clamping) {
    const raised = graph.apply('Max', [features, graph.constant(step.lows)])
    const inside = graph.apply('Min', [raised, graph.constant(step.highs)])
    return graph.apply('Where', [missing, features, inside])
  }
  throw new ModelFileError(
    `The step ${step.kind} has no form in ONNX: train without encoding categories to export the model.`,
  )
}
