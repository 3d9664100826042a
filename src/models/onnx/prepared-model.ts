import { ModelFileError } from '../model.ts'
import { PreparedModel } from '../prepared-model.ts'
import { Clamping } from '../steps/clamping.ts'
import { Imputation } from '../steps/imputation.ts'
import { Scaling } from '../steps/scaling.ts'
import type { Step } from '../steps/step.ts'
import { integer } from './attribute.ts'
import { exporterOf, type OnnxExporter } from './exporter.ts'
import type { OnnxGraph, Value } from './graph.ts'

/** The steps one after the other, the columns that were chosen, and the model inside, which one of `inner` writes. */
export function preparedExporter(inner: readonly OnnxExporter[]): OnnxExporter {
  return exporterOf(PreparedModel, (graph, model, features) => {
    const prepared = model.steps.reduce((rows, step) => stepOf(graph, step, rows), features)
    const picked = graph.apply('Gather', [prepared, graph.places(model.columns)], [integer('axis', 1)])
    const exporter = inner.find(({ kind }) => kind === model.inner.kind)
    if (exporter) return exporter.margin(graph, model.inner, picked)
    throw new ModelFileError(`A ${model.inner.kind} model cannot be written as ONNX.`)
  })
}

function stepOf(graph: OnnxGraph, step: Step, rows: Value): Value {
  // Of a missing value the operators of the standard make what they like: it is put aside first.
  const missing = () => graph.apply('IsNaN', [rows])
  if (step instanceof Clamping) {
    const raised = graph.apply('Max', [rows, graph.constant(step.lows)])
    return graph.apply('Where', [missing(), rows, graph.apply('Min', [raised, graph.constant(step.highs)])])
  }
  if (step instanceof Scaling) {
    const shifted = graph.apply('Sub', [rows, graph.constant(step.offsets)])
    return graph.apply('Div', [shifted, graph.constant(step.spreads)])
  }
  if (step instanceof Imputation) return graph.apply('Where', [missing(), graph.constant(step.fillings), rows])
  throw new ModelFileError(
    `A model with the step ${step.kind} cannot be written as ONNX, which has no form for codes of texts: train it without --prepare encode-...`,
  )
}
