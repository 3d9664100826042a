import type { Model } from '../model.ts'
import type { OnnxGraph, Value } from './graph.ts'

/** How one kind of model is written as a graph. */
export interface OnnxExporter {
  readonly kind: string
  /** Adds what gives the model's margin of rows of its `features`: a column of the shape [rows, 1]. */
  margin(graph: OnnxGraph, model: Model, features: Value): Value
}

/** An exporter for the models of one class, which its index finds by their kind. */
export function exporterOf<M extends Model>(
  modelClass: { readonly kind: string; new (...parts: never[]): M },
  margin: (graph: OnnxGraph, model: M, features: Value) => Value,
): OnnxExporter {
  return {
    kind: modelClass.kind,
    margin(graph, model, features) {
      if (!(model instanceof modelClass)) throw new TypeError(`a ${model.kind} where a ${modelClass.kind} is needed`)
      return margin(graph, model, features)
    },
  }
}
