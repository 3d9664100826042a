import type { FeatureMatrix } from '../models/matrix.ts'
import type { ExplainingScorer } from '../models/model.ts'
import { trainAutoencoder } from '../models/nets/train-autoencoder.ts'
import { trainDenseNet } from '../models/nets/train-dense-net.ts'
import { trainLstm } from '../models/nets/train-lstm.ts'
import { trainDecisionTree } from '../models/train-decision-tree.ts'
import { trainGradientBoosting } from '../models/train-gradient-boosting.ts'
import { trainLogisticRegression } from '../models/train-logistic-regression.ts'
import { trainMarkovChain } from '../models/train-markov-chain.ts'
import { trainRandomForest } from '../models/train-random-forest.ts'
import type { Fit, PassWatcher } from './fit.ts'
import type { GroupKeys } from './folds/group-keys.ts'
import { groupedSplit, SplitError } from './folds/split.ts'
import { between, byFactors, type ParameterSpace, type Parameters, wholeBetween } from './tuning/space.ts'

/** A model that can be trained by name, tuned and compared. */
export interface Learner {
  /** As a command line names it. */
  readonly name: string
  readonly defaults: Parameters
  /** Where its parameters are looked for; those not named keep their defaults. */
  readonly space: ParameterSpace
  /** The fit with these parameters, the defaults standing in for those not given; `onPass` hears of those that learn in passes. */
  fit(parameters?: Parameters, onPass?: PassWatcher): Fit
}

/** Every learner: one line each. `learners.test.ts` walks them all. */
export const learners: readonly Learner[] = [
  learner('logistic', trainLogisticRegression, { l1: 0, l2: 1 }, { l2: byFactors(0.01, 100) }),
  learner(
    'boosting',
    trainGradientBoosting,
    { rounds: 70, depthMax: 4, learningRate: 0.1, l2: 1, childHessianMin: 1 },
    { rounds: [35, 70, 140], depthMax: wholeBetween(2, 6), learningRate: byFactors(0.03, 0.3), l2: between(1, 10) },
  ),
  learner(
    'forest',
    trainRandomForest,
    { trees: 100, depthMax: 16, leafWeightMin: 1 },
    { trees: [50, 100], leafWeightMin: byFactors(1, 30) },
  ),
  learner(
    'tree',
    trainDecisionTree,
    { depthMax: 6, leafWeightMin: 20 },
    { depthMax: wholeBetween(3, 10), leafWeightMin: byFactors(5, 50) },
  ),
  net('dense', trainDenseNet, { epochs: 20, learningRate: 1e-3, weightDecay: 0 }),
  net('autoencoder', trainAutoencoder, { epochs: 20, pretrainEpochs: 10, learningRate: 1e-3, weightDecay: 0 }),
  // These two read a row as a sequence: rows of the kinds `sequences`, and `letters`.
  learner('markov', trainMarkovChain, { alpha: 0.5 }, { alpha: byFactors(0.05, 5) }),
  net('lstm', trainLstm, { epochs: 12, embedded: 16, hidden: 32, learningRate: 3e-3, weightDecay: 0 }),
]

/** Share of groups that a net stops by: it sees when what it learns no longer holds for groups it does not learn. */
const STOP_SHARE = 0.15

/** A net stops where the loss on groups held out no longer falls. */
function net<P extends Parameters>(
  name: string,
  train: (
    matrix: FeatureMatrix,
    y: ArrayLike<number>,
    options: P & TrainingFacts & { readonly held?: ArrayLike<number>; readonly onEpoch?: PassWatcher },
  ) => ExplainingScorer,
  defaults: P,
): Learner {
  const fit =
    (parameters: Parameters = {}, onEpoch?: PassWatcher): Fit =>
    ({ matrix, y, weights, groups }, seed) => {
      const held = heldGroups(groups, seed)
      const asked = { ...(held === undefined ? {} : { held }), ...(onEpoch === undefined ? {} : { onEpoch }) }
      const options = { ...defaults, ...parameters, seed, ...asked }
      return train(matrix, y, weights === undefined ? options : { ...options, weights })
    }
  return { name, defaults, space: { learningRate: byFactors(5e-4, 5e-3) }, fit }
}

/** Rows of some groups; none where there are too few groups to leave any out. */
function heldGroups(groups: GroupKeys, seed: number): Int32Array | undefined {
  try {
    return groupedSplit(groups, STOP_SHARE, seed).test
  } catch (error) {
    if (error instanceof SplitError) return undefined
    throw error
  }
}

/** What every trainer takes besides its parameters; one that draws nothing ignores the seed. */
interface TrainingFacts {
  readonly weights?: ArrayLike<number>
  readonly seed: number
}

function learner<P extends Parameters>(
  name: string,
  train: (matrix: FeatureMatrix, y: ArrayLike<number>, options: P & TrainingFacts) => ExplainingScorer,
  defaults: P,
  space: ParameterSpace & { readonly [K in keyof P]?: ParameterSpace[string] },
): Learner {
  const fit =
    (parameters: Parameters = {}): Fit =>
    ({ matrix, y, weights }, seed) => {
      const options = { ...defaults, ...parameters, seed }
      return train(matrix, y, weights === undefined ? options : { ...options, weights })
    }
  return { name, defaults, space, fit }
}
