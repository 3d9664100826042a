import { ByteLanguageModel } from './byte-language-model.ts'
import { GradientBoosting } from './gradient-boosting.ts'
import { LogisticRegression } from './logistic-regression.ts'
import type { ModelKind } from './model.ts'
import { preparedKind } from './prepared-model.ts'

const plainKinds: readonly ModelKind[] = [GradientBoosting, LogisticRegression, ByteLanguageModel]

/** Every model that a file may hold: one line a model. `conformance.test.ts` walks them all. */
export const modelKinds: readonly ModelKind[] = [...plainKinds, preparedKind(plainKinds)]
