import { ByteLanguageModel } from './byte-language-model.ts'
import { DecisionTree } from './decision-tree.ts'
import { GradientBoosting } from './gradient-boosting.ts'
import { HashedNgram } from './hashed-ngram.ts'
import { IsolationForest } from './isolation-forest.ts'
import { LogisticRegression } from './logistic-regression.ts'
import { MarkovChain } from './markov-chain.ts'
import type { ModelKind } from './model.ts'
import { DenseNet } from './nets/dense-net.ts'
import { Lstm } from './nets/lstm.ts'
import { onlineKinds } from './online/index.ts'
import { preparedKind } from './prepared-model.ts'
import { RandomForest } from './random-forest.ts'

/** Every model that a file may hold by itself: one line a model. */
const plainKinds: readonly ModelKind[] = [
  GradientBoosting,
  RandomForest,
  DecisionTree,
  LogisticRegression,
  IsolationForest,
  ByteLanguageModel,
  HashedNgram,
  DenseNet,
  Lstm,
  MarkovChain,
  ...onlineKinds,
]

export { byteStringsOf } from './byte-strings.ts'
export { trainHashedNgram } from './train-hashed-ngram.ts'

/** Every model that a file may hold, also behind the steps that prepare its rows. `conformance.test.ts` walks them all. */
export const modelKinds: readonly ModelKind[] = [...plainKinds, preparedKind(plainKinds)]
