import { ByteLanguageModel } from './byte-language-model.ts'
import { DecisionTree } from './decision-tree.ts'
import { GradientBoosting } from './gradient-boosting.ts'
import { LogisticRegression } from './logistic-regression.ts'
import type { ModelKind } from './model.ts'
import { RandomForest } from './random-forest.ts'

export { trainDecisionTree } from './train-decision-tree.ts'
export { trainRandomForest } from './train-random-forest.ts'

/** Every model that a file may hold: one line a model. `conformance.test.ts` walks them all. */
export const modelKinds: readonly ModelKind[] = [
  GradientBoosting,
  RandomForest,
  DecisionTree,
  LogisticRegression,
  ByteLanguageModel,
]
