import { ModelFileError } from '../model.ts'
import type { ModelFile } from '../model-file.ts'
import { calibratedLogOdds } from './calibration.ts'
import { decisionTree } from './decision-tree.ts'
import { denseNet } from './dense-net.ts'
import type { OnnxExporter } from './exporter.ts'
import { gradientBoosting } from './gradient-boosting.ts'
import { OnnxGraph } from './graph.ts'
import { isolationForest } from './isolation-forest.ts'
import { logisticRegression } from './logistic-regression.ts'
import { lstm } from './lstm.ts'
import { preparedExporter } from './prepared.ts'
import { randomForest } from './random-forest.ts'

/** Every kind of model that can be written as ONNX by itself: one line a kind. */
const plainExporters: readonly OnnxExporter[] = [
  gradientBoosting,
  randomForest,
  decisionTree,
  logisticRegression,
  isolationForest,
  denseNet,
  lstm,
]

/** Every kind, also behind the steps that prepare its rows. `conformance.test.ts` walks them all. */
export const onnxExporters: readonly OnnxExporter[] = [...plainExporters, preparedExporter(plainExporters)]

/**
 * The model as an ONNX file, for runtimes that are not this program. Input `features`: doubles of the shape
 * [rows, columns], NaN where missing, columns in the order of the metadata's `features`. Outputs of the shape [rows, 1]:
 * `margin` as `scoreOne` gives it, and `probability` by the file's calibrator, or by the sigmoid of the margin where it
 * has none (for an isolation forest that is a rank from 0 to 1 and no probability).
 *
 * Needs a runtime with version 5 of `ai.onnx.ml`: onnxruntime 1.21 has it, 1.20 has not. Throws `ModelFileError` for
 * models that read octets, which have no form there.
 *
 * @example
 * writeFileSync('model.onnx', exportOnnx(decodeModel(readFileSync('models/query-names.model'))))
 */
export function exportOnnx({ model, features, calibrator, ...facts }: ModelFile): Uint8Array {
  const exporter = onnxExporters.find(({ kind }) => kind === model.kind)
  if (exporter === undefined) {
    const kinds = onnxExporters.map(({ kind }) => kind).join(', ')
    throw new ModelFileError(`A ${model.kind} model cannot be written as ONNX; these can: ${kinds}.`)
  }
  const graph = new OnnxGraph(model.featureNames.length)
  const margin = exporter.margin(graph, model)
  const probability = graph.apply('Sigmoid', [calibratedLogOdds(graph, margin, calibrator)])
  return graph.encode(
    { margin, probability },
    {
      kind: model.kind,
      features: JSON.stringify(features),
      calibration: calibrator?.kind ?? 'none',
      manifestHash: facts.manifestHash,
      sha256: facts.sha256 ?? '',
    },
  )
}
