import { createRandom } from '../../stats/random.ts'
import { assertTrainable, type FeatureMatrix } from '../matrix.ts'
import { type DenseNet, readRow } from './dense-net.ts'
import { DenseStack } from './dense-stack.ts'
import { type ClassifierOptions, fitClassifier } from './train-dense-net.ts'
import { type NetOptions, trainNet } from './train-net.ts'

/** Widths from features to the code, and back. */
const HIDDEN = [128, 64]

/** How the encoder is trained before the classifier. */
export interface AutoencoderOptions extends ClassifierOptions {
  /** Passes over the rows to learn to write them again; as many as for the classifier if absent. */
  readonly pretrainEpochs?: number
  onPretrainEpoch?: NetOptions['onEpoch']
}

/**
 * Trains an autoencoder (256-128-64-128-256, sigmoids but at its end, mean squared error) without labels, takes its encoder, puts two
 * outputs behind it and trains all of it on the labels, as the original did. The encoder ends in a sigmoid, which is what the
 * classifier reads; so the net that comes out is a {@link DenseNet} like the other.
 */
export function trainAutoencoder(matrix: FeatureMatrix, y: ArrayLike<number>, options: AutoencoderOptions): DenseNet {
  assertTrainable(matrix, y, options.weights)
  const { stack: coder } = pretrain(matrix, options)
  const stack = new DenseStack([matrix.columns, ...HIDDEN, 2])
  stack.initialise(createRandom(options.seed + 1))
  for (let l = 0; l < HIDDEN.length; l++) {
    stack.layers[l].weights.set(coder.layers[l].weights)
    stack.layers[l].bias.set(coder.layers[l].bias)
  }
  return fitClassifier(stack, matrix, y, options)
}

/** The autoencoder alone, and the mean squared error a value it came to: beside it stands that of the mean row. */
export function pretrain(matrix: FeatureMatrix, options: AutoencoderOptions): { stack: DenseStack; loss: number } {
  const { columns, rows, values } = matrix
  const stack = new DenseStack([columns, ...HIDDEN, ...HIDDEN.slice(0, -1).reverse(), columns])
  stack.initialise(createRandom(options.seed))
  const row = new Float64Array(columns)
  const gradient = new Float64Array(columns)
  const net = {
    parameters: stack.parameters,
    lossOf(at: number, weight: number, learn: boolean): number {
      readRow(values, at * columns, row)
      const written = stack.forward(row, 0)
      let loss = 0
      for (let i = 0; i < columns; i++) {
        const miss = written[i] - row[i]
        loss += miss * miss
        gradient[i] = (weight * 2 * miss) / columns
      }
      if (learn) stack.backward(row, 0, gradient)
      return loss / columns
    },
  }
  const { onPretrainEpoch, pretrainEpochs, ...rest } = options
  const { onEpoch: _, epochs, ...shared } = rest
  const passes = pretrainEpochs ?? epochs
  const loss = trainNet(net, rows, {
    ...shared,
    ...(passes === undefined ? {} : { epochs: passes }),
    ...(onPretrainEpoch === undefined ? {} : { onEpoch: onPretrainEpoch }),
  })
  return { stack, loss }
}
