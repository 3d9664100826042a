import type { FeatureMatrix } from '../models/matrix.ts'
import type { ExplainingScorer } from '../models/model.ts'
import { trainDecisionTree } from '../models/train-decision-tree.ts'
import { trainGradientBoosting } from '../models/train-gradient-boosting.ts'
import { trainLogisticRegression } from '../models/train-logistic-regression.ts'
import { trainRandomForest } from '../models/train-random-forest.ts'
import type { Fit } from './fit.ts'
import { between, byFactors, type ParameterSpace, type Parameters, wholeBetween } from './tuning/space.ts'

/** A model that can be trained by name, tuned and compared. */
export interface Learner {
  /** As a command line names it. */
  readonly name: string
  readonly defaults: Parameters
  /** Where its parameters are looked for; those not named keep their defaults. */
  readonly space: ParameterSpace
  /** The fit with these parameters, the defaults standing in for those not given. */
  fit(parameters?: Parameters): Fit
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
]

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
