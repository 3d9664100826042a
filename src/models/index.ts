import { ByteLanguageModel } from './byte-language-model.ts'
import { GradientBoosting } from './gradient-boosting.ts'
import { HashedNgram } from './hashed-ngram.ts'
import { IsolationForest } from './isolation-forest.ts'
import { LogisticRegression } from './logistic-regression.ts'
import type { ModelKind } from './model.ts'
import { preparedKind } from './prepared-model.ts'

const plainKinds: readonly ModelKind[] = [
  GradientBoosting,
  LogisticRegression,
  IsolationForest,
  ByteLanguageModel,
  HashedNgram,
]

export { byteStringsOf } from './byte-strings.ts'
export { trainHashedNgram } from './train-hashed-ngram.ts'
export { trainIsolationForest } from './train-isolation-forest.ts'

/** Every model that a file may hold: one line a model. `conformance.test.ts` walks them all. */
export const modelKinds: readonly ModelKind[] = [...plainKinds, preparedKind(plainKinds)]
