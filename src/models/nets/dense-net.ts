import { arrayOf, demand, type ExplainingScorer, type ModelArray, type SavedModel } from '../model.ts'
import { DenseStack } from './dense-stack.ts'
import { baseOf, onGrid } from './grid.ts'

const LAYERS_MAX = 16
const WIDTH_MAX = 65_536
/** Values past this count as it: no row can blow a net up. */
const VALUE_MAX = 1e3

/**
 * A fully connected net with sigmoids between its layers and two outputs, as the original's classifiers were (256-128-64-2); the margin
 * is the second output less the first. It sees how often each octet comes and nothing of their order, so names of the same octets
 * are one name to it, and encodings of an alphabet it never met are strange to it only by chance.
 *
 * A missing value counts as zero. About 10 us a row of 256 octet counts.
 *
 * @example
 * const net = trainDenseNet(matrix, y, { seed: 1 })
 * net.scoreOne(matrix.values) // log-odds of the first row
 *
 * Source: kaushik333/DataExfiltrationDetection `nn_train.py`, `ae_train.py`; trained by `train-dense-net.ts`, `train-autoencoder.ts`.
 */
export class DenseNet implements ExplainingScorer {
  static readonly kind = 'dense-net'
  readonly kind = DenseNet.kind
  readonly featureNames: readonly string[]
  readonly widths: readonly number[]
  private readonly stack: DenseStack
  private readonly row: Float64Array
  private readonly gradient: Float64Array

  /** `stack` has as many inputs as there are features, and two outputs. */
  constructor(featureNames: readonly string[], stack: DenseStack) {
    this.featureNames = featureNames
    this.stack = stack
    this.widths = [featureNames.length, ...stack.layers.map(({ outputs }) => outputs)]
    this.row = new Float64Array(featureNames.length)
    this.gradient = new Float64Array(featureNames.length)
  }

  /** Weights of each layer, inputs by outputs, and its biases: what an exporter needs. */
  get layers(): readonly { readonly weights: Float64Array; readonly bias: Float64Array }[] {
    return this.stack.layers
  }

  scoreOne(x: Float64Array, at = 0): number {
    readRow(x, at, this.row)
    const [benign, malicious] = this.stack.forward(this.row, 0)
    return onGrid(malicious - benign)
  }

  /** Gradient times value, feature by feature (Shrikumar et al. 2017); the base holds what they leave over. */
  contributions(x: Float64Array, at: number, out: Float64Array): number {
    const margin = this.scoreOne(x, at)
    this.stack.backward(this.row, 0, Float64Array.of(-1, 1), this.gradient)
    for (const { gradients } of this.stack.parameters) gradients.fill(0)
    for (let i = 0; i < this.row.length; i++) out[i] = this.gradient[i] * this.row[i]
    return baseOf(margin, out, this.row.length)
  }

  save(): SavedModel {
    const arrays: Record<string, ModelArray> = { widths: Int32Array.from(this.widths) }
    for (const [l, { weights, bias }] of this.stack.layers.entries()) {
      arrays[`weights${l}`] = weights
      arrays[`bias${l}`] = bias
    }
    return { parameters: {}, arrays }
  }

  static load(saved: SavedModel, featureNames: readonly string[]): DenseNet {
    const widths = Array.from(arrayOf(saved, 'widths', Int32Array))
    const isSound = widths.length >= 2 && widths.length <= LAYERS_MAX && widths.every((w) => w > 0 && w <= WIDTH_MAX)
    demand(isSound && widths[0] === featureNames.length && widths.at(-1) === 2, 'The net has layers that do not fit.')
    // Asked for before anything is made of these sizes: what the file claims, it has to hold.
    const arrays = widths.slice(1).map((width, l) => ({
      weights: arrayOf(saved, `weights${l}`, Float64Array, width * widths[l]),
      bias: arrayOf(saved, `bias${l}`, Float64Array, width),
    }))
    const stack = new DenseStack(widths)
    for (const [l, layer] of stack.layers.entries()) {
      layer.weights.set(arrays[l].weights)
      layer.bias.set(arrays[l].bias)
      demand(
        [...arrays[l].bias, ...arrays[l].weights].every(Number.isFinite),
        'The net holds a number that is not finite.',
      )
    }
    return new DenseNet(featureNames, stack)
  }
}

/** The row as a net reads it: missing as nought, nothing without end. */
export function readRow(x: Float64Array, at: number, out: Float64Array): void {
  for (let i = 0; i < out.length; i++) {
    const value = x[at + i]
    out[i] = Number.isNaN(value) ? 0 : Math.max(-VALUE_MAX, Math.min(VALUE_MAX, value))
  }
}
