import { createRandom } from '../../stats/random.ts'
import { type ClassWeights, weighRows } from '../class-weights.ts'
import { assertTrainable, type FeatureMatrix } from '../matrix.ts'
import { crossEntropy } from './cross-entropy.ts'
import { DenseNet, readRow } from './dense-net.ts'
import { DenseStack } from './dense-stack.ts'
import { type NetOptions, trainNet } from './train-net.ts'

/** How a classifier is trained. */
export interface ClassifierOptions extends NetOptions {
  readonly classWeights?: ClassWeights
}

/** Widths between features and the two outputs, as the original had them. */
const HIDDEN = [128, 64]

/**
 * Trains a {@link DenseNet} on rows and targets. Same rows, options and seed: same net.
 *
 * @example
 * trainDenseNet(matrixOf(['a'], [[0], [1], [2], [3]]), [0, 0, 1, 1], { seed: 1, epochs: 50 })
 */
export function trainDenseNet(matrix: FeatureMatrix, y: ArrayLike<number>, options: ClassifierOptions): DenseNet {
  assertTrainable(matrix, y, options.weights)
  const stack = new DenseStack([matrix.columns, ...HIDDEN, 2])
  stack.initialise(createRandom(options.seed))
  return fitClassifier(stack, matrix, y, options)
}

/** Trains the stack as it stands: from drawn weights, or from those of an autoencoder. */
export function fitClassifier(
  stack: DenseStack,
  matrix: FeatureMatrix,
  y: ArrayLike<number>,
  options: ClassifierOptions,
): DenseNet {
  const { columns, rows, values } = matrix
  const row = new Float64Array(columns)
  const gradient = new Float64Array(2)
  const net = {
    parameters: stack.parameters,
    lossOf(at: number, weight: number, learn: boolean): number {
      readRow(values, at * columns, row)
      const loss = crossEntropy(stack.forward(row, 0), y[at], weight, gradient)
      if (learn) stack.backward(row, 0, gradient)
      return loss
    },
  }
  trainNet(net, rows, { ...options, weights: weighRows(y, options.weights, options.classWeights) })
  return new DenseNet(matrix.names, stack)
}
