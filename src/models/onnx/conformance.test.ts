import { createRequire } from 'node:module'
import { describe, expect, test } from 'vitest'
import { createRandom } from '../../stats/random.ts'
import { sigmoid } from '../../stats/sigmoid.ts'
import { type Calibrator, fitIsotonic, fitPlatt } from '../calibrators.ts'
import { createMatrix, type FeatureMatrix, matrixOf } from '../matrix.ts'
import type { ExplainingScorer } from '../model.ts'
import type { ModelFile } from '../model-file.ts'
import { trainDenseNet } from '../nets/train-dense-net.ts'
import { trainLstm } from '../nets/train-lstm.ts'
import { PreparedModel } from '../prepared-model.ts'
import { Clamping } from '../steps/clamping.ts'
import { Imputation } from '../steps/imputation.ts'
import { Scaling } from '../steps/scaling.ts'
import { outlierProblem, sequenceProblem, toyProblem } from '../toy.testing.ts'
import { ByteLanguageModelTrainer } from '../train-byte-language-model.ts'
import { trainDecisionTree } from '../train-decision-tree.ts'
import { trainGradientBoosting } from '../train-gradient-boosting.ts'
import { trainIsolationForest } from '../train-isolation-forest.ts'
import { trainLogisticRegression } from '../train-logistic-regression.ts'
import { trainRandomForest } from '../train-random-forest.ts'
import { exportOnnx, onnxExporters } from './index.ts'
import { readOnnx } from './read-onnx.testing.ts'
import { runOnnx } from './run-onnx.testing.ts'

/** How far a graph may be from the model it was written from. */
const DIFFERENCE_MAX = 1e-9
/** Nets put their margins on a grid that graphs leave out; a steep calibration makes more of it. */
const OWN_DIFFERENCE: Readonly<Record<string, number>> = { 'dense-net': 1e-6, lstm: 1e-6 }

const { matrix, y } = toyProblem(2000, 1)

/** Models of each kind, the second the least there is of it; a new line in `index.ts` needs one here. */
const models: Record<string, () => ExplainingScorer[]> = {
  'gradient-boosting': () => [
    trainGradientBoosting(matrix, y),
    trainGradientBoosting(matrixOf(matrix.names, [[1, 1, 1, 1, 1, 1]]), [1], { rounds: 2 }),
  ],
  'isolation-forest': () => [
    trainIsolationForest(outlierProblem(2000, 1).matrix),
    trainIsolationForest(matrixOf(matrix.names, [[1, 1, 1, 1, 1, 1]]), { trees: 2 }),
  ],
  'random-forest': () => [
    trainRandomForest(matrix, y, { trees: 30 }),
    trainRandomForest(matrixOf(matrix.names, [[1, 1, 1, 1, 1, 1]]), [1], { trees: 2 }),
  ],
  'decision-tree': () => [
    trainDecisionTree(matrix, y),
    trainDecisionTree(matrixOf(matrix.names, [[1, 1, 1, 1, 1, 1]]), [1]),
  ],
  'logistic-regression': () => [trainLogisticRegression(matrix, y), trainLogisticRegression(matrix, y, { l1: 1e6 })],
  'dense-net': () => [
    trainDenseNet(matrix, y, { seed: 1, epochs: 2 }),
    trainDenseNet(matrixOf(matrix.names, [[1, 1, 1, 1, 1, 1]]), [1], { seed: 1, epochs: 1 }),
  ],
  lstm: () => {
    const octets = sequenceProblem(300, 1)
    return [trainLstm(octets.matrix, octets.y, { seed: 1, epochs: 1 })]
  },
  prepared: () => {
    const steps = [
      new Imputation(new Float64Array(6).fill(0.25)),
      new Clamping(new Float64Array(6).fill(-0.98), new Float64Array(6).fill(0.98)),
      new Scaling(new Float64Array(6).fill(-1), new Float64Array(6).fill(2)),
    ]
    const inner = selectColumns(matrix, [0, 1, 3])
    return [
      new PreparedModel(matrix.names, steps, Int32Array.of(0, 1, 3), trainLogisticRegression(inner, y)),
      new PreparedModel(matrix.names, steps.slice(1), Int32Array.of(0, 1, 3), trainGradientBoosting(inner, y)),
    ]
  },
}

/** Some columns of every row. */
function selectColumns(from: FeatureMatrix, columns: readonly number[]): FeatureMatrix {
  const picked = createMatrix(
    from.rows,
    columns.map((column) => from.names[column]),
  )
  for (let i = 0; i < picked.values.length; i++) {
    picked.values[i] = from.values[Math.floor(i / columns.length) * from.columns + columns[i % columns.length]]
  }
  return picked
}

/** Rows as trained on, with gaps, far outside, and on the borders between leaves. */
function rowsFor(model: ExplainingScorer): Float64Array {
  const random = createRandom(3)
  const thresholds = Object.values(model.save().arrays.threshold ?? [0])
  const special = [Number.NaN, Infinity, -Infinity, 1e308, -1e308, Number.MAX_VALUE, 5e-324, -0, 0, 1]
  // A sequence is a graph of a hundred times the nodes.
  return Float64Array.from({ length: 6 * (model.kind === 'lstm' ? 100 : 600) }, () => {
    const kind = random()
    if (kind < 0.2) return special[Math.floor(random() * special.length)]
    if (model.kind === 'lstm' && kind < 0.8) return Math.floor(256 * random())
    if (kind < 0.6) return thresholds[Math.floor(random() * thresholds.length)]
    return 2 * random() - 1
  })
}

function fileOf(model: ExplainingScorer, calibrator?: Calibrator): ModelFile {
  const features = model.featureNames.map((name) => ({ name, unit: 'ratio' }))
  const facts = { features, thresholds: [], manifestHash: 'ab12', seed: 1, metrics: {} }
  return { model, ...facts, ...(calibrator && { calibrator }) }
}

/** The same model without calibration, and with either. */
function filesOf(model: ExplainingScorer): ModelFile[] {
  const margins = Array.from(y, (_, i) => model.scoreOne(matrix.values, 6 * i))
  return [fileOf(model), fileOf(model, fitPlatt(margins, y)), fileOf(model, fitIsotonic(margins, y))]
}

/** What the model itself says of the rows. */
function expected({ model, calibrator }: ModelFile, rows: Float64Array): Outputs {
  const margin = Float64Array.from({ length: rows.length / 6 }, (_, i) =>
    (model as ExplainingScorer).scoreOne(rows, 6 * i),
  )
  return { margin, probability: margin.map((m) => (calibrator ? calibrator.probability(m) : sigmoid(m))) }
}

interface Outputs {
  readonly margin: ArrayLike<number>
  readonly probability: ArrayLike<number>
}

/** The greatest difference; Infinity where one of the two is no number. */
function difference(a: Outputs, b: Outputs): number {
  let most = 0
  for (const name of ['margin', 'probability'] as const) {
    for (let i = 0; i < a[name].length; i++) {
      const apart = Math.abs(a[name][i] - b[name][i])
      most = Math.max(most, Number.isNaN(apart) ? Infinity : apart)
    }
  }
  return most
}

/** As much of onnxruntime's interface as is used here. */
interface Runtime {
  readonly Tensor: new (type: 'float64', data: Float64Array, dims: number[]) => unknown
  readonly InferenceSession: {
    create(bytes: Uint8Array): Promise<{
      run(feeds: Record<string, unknown>): Promise<Record<string, { dims: readonly number[]; data: Float64Array }>>
    }>
  }
}

const runtimePath = process.env.WAKEFUL_ONNXRUNTIME
if (runtimePath === undefined) {
  console.warn('ONNX is not run by a real runtime: set WAKEFUL_ONNXRUNTIME to the folder of onnxruntime-node.')
}

describe.each(onnxExporters)('$kind', ({ kind }) => {
  const most = OWN_DIFFERENCE[kind] ?? DIFFERENCE_MAX
  const some = models[kind]?.()
  const cases = some?.flatMap((model) => filesOf(model).map((file) => ({ file, rows: rowsFor(model) })))

  test('is written here', () => {
    expect(some, `add ${kind} to the models of this test`).toBeDefined()
  })

  test('reads back as a graph of the same scores', () => {
    for (const { file, rows } of cases) {
      const onnx = readOnnx(exportOnnx(file))
      expect(onnx).toMatchObject({ irVersion: 9, opsets: { '': 17, 'ai.onnx.ml': 5 }, inputs: ['features'] })
      expect(onnx.outputs).toEqual(['margin', 'probability'])
      expect(onnx.metadata).toMatchObject({ kind, calibration: file.calibrator?.kind ?? 'none', manifestHash: 'ab12' })
      expect(JSON.parse(onnx.metadata.features)).toEqual(file.features)
      const results = Array.from({ length: rows.length / 6 }, (_, i) =>
        runOnnx(onnx, [...rows.subarray(6 * i, 6 * i + 6)]),
      )
      const outputs = {
        margin: results.map(({ margin }) => margin[0]),
        probability: results.map(({ probability }) => probability[0]),
      }
      expect(difference(expected(file, rows), outputs)).toBeLessThan(most)
    }
  })

  test('is the same file for the same model', () => {
    expect(Buffer.compare(exportOnnx(cases[0].file), exportOnnx(fileOf(models[kind]()[0])))).toBe(0)
  })

  test.skipIf(runtimePath === undefined)('scores the same in onnxruntime', async () => {
    const runtime: Runtime = createRequire(import.meta.url)(runtimePath!)
    let off = 0
    for (const { file, rows } of cases) {
      const session = await runtime.InferenceSession.create(exportOnnx(file))
      const shape = [rows.length / 6, 6]
      const { margin, probability } = await session.run({ features: new runtime.Tensor('float64', rows, shape) })
      expect([margin.dims, probability.dims]).toEqual([
        [shape[0], 1],
        [shape[0], 1],
      ])
      off = Math.max(off, difference(expected(file, rows), { margin: margin.data, probability: probability.data }))
    }
    console.log(`${kind} in onnxruntime: ${cases.length} graphs of ${cases[0].rows.length / 6} rows, off by ${off}`)
    expect(off).toBeLessThan(most)
  })
})

test('what reads octets is refused with a sentence', () => {
  const model = new ByteLanguageModelTrainer().build()
  const file = { model, features: [], thresholds: [], manifestHash: '', seed: 1, metrics: {} }
  expect(() => exportOnnx(file)).toThrow(
    'A byte-language-model model cannot be written as ONNX; these can: gradient-boosting, random-forest, decision-tree, logistic-regression, isolation-forest, dense-net, lstm, prepared.',
  )
})
