import { createExamples } from '../../../learn/examples.ts'
import { learners } from '../../../learn/learners.ts'
import { named } from '../../../learn/plan.ts'
import { minMax } from '../../../learn/preparation/min-max.ts'
import { fitOf } from '../../../learn/recipe.ts'
import type { FeatureMatrix } from '../../../models/matrix.ts'
import type { Scorer } from '../../../models/model.ts'

/** The original's best C of 0.5, under scikit-learn's name: a penalty of 1 / C. */
const L2 = 2

/**
 * The original's model: columns scaled to 0 to 1, classes weighed alike, logistic regression. Its choice of ten columns
 * is left out, for nobody knows which ten. Rows of one class give a model that always says that class, where the
 * original's would have stopped.
 */
export function fitOriginal(matrix: FeatureMatrix, y: Float64Array, seed: number): Scorer {
  const positives = y.reduce((sum, target) => sum + target, 0)
  if (positives === 0 || positives === y.length) return always(positives > 0 ? 1 : -1, matrix.names)
  const fit = named(learners, 'logistic', 'model').fit({ l2: L2 })
  return fitOf({ preparations: [minMax], rebalancing: 'weights', fit })(createExamples(matrix, y), seed)
}

function always(margin: number, featureNames: readonly string[]): Scorer {
  return { kind: 'always', featureNames, scoreOne: () => margin, save: () => ({ parameters: { margin }, arrays: {} }) }
}
