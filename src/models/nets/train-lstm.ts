import { createRandom } from '../../stats/random.ts'
import { weighRows } from '../class-weights.ts'
import { assertTrainable, type FeatureMatrix } from '../matrix.ts'
import { DenseLayer } from './dense-layer.ts'
import { Lstm } from './lstm.ts'
import { LstmCell } from './lstm-cell.ts'
import type { ClassifierOptions } from './train-dense-net.ts'
import { trainNet } from './train-net.ts'

/** How an LSTM is trained. */
export interface LstmOptions extends ClassifierOptions {
  /** Numbers an octet is embedded in, and cells. */
  readonly embedded?: number
  readonly hidden?: number
}

const LEARNING_RATE = 3e-3

/**
 * Trains an {@link Lstm} on sequences of octets, a column an octet, missing behind their end; binary cross entropy. Same rows, options
 * and seed: same net.
 */
export function trainLstm(matrix: FeatureMatrix, y: ArrayLike<number>, options: LstmOptions): Lstm {
  assertTrainable(matrix, y, options.weights)
  const { embedded = 16, hidden = 32, seed, learningRate = LEARNING_RATE, classWeights } = options
  const random = createRandom(seed)
  const cell = new LstmCell(embedded, hidden, matrix.columns)
  cell.initialise(random)
  const output = new DenseLayer(hidden, 1)
  output.initialise(random)
  const margin = new Float64Array(1)
  const gradient = new Float64Array(1)
  const back = new Float64Array(hidden)
  const net = {
    parameters: [
      ...cell.parameters,
      { values: output.weights, gradients: output.weightGradients },
      { values: output.bias, gradients: output.biasGradients },
    ],
    lossOf(row: number, weight: number, learn: boolean): number {
      const state = cell.forward(matrix.values, row * matrix.columns)
      output.forward(state, 0, margin, 0)
      const probability = 1 / (1 + Math.exp(-margin[0]))
      if (learn) {
        gradient[0] = weight * (probability - y[row])
        output.backward(state, 0, gradient, 0, back, 0)
        cell.backward(back)
      }
      // ln(1 + e^m) - y m, without an exponential that overflows.
      return Math.max(margin[0], 0) + Math.log1p(Math.exp(-Math.abs(margin[0]))) - y[row] * margin[0]
    },
  }
  const weights = weighRows(y, options.weights, classWeights)
  trainNet(net, matrix.rows, { ...options, learningRate, weights })
  return new Lstm(matrix.names, cell, output)
}
