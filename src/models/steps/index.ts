import { Clamping } from './clamping.ts'
import { FrequencyEncoding } from './frequency-encoding.ts'
import { HashBuckets } from './hash-buckets.ts'
import { Imputation } from './imputation.ts'
import { Scaling } from './scaling.ts'
import type { StepKind } from './step.ts'

/** Every step that a model file may hold: one line a step. */
export const stepKinds: readonly StepKind[] = [Scaling, Clamping, Imputation, FrequencyEncoding, HashBuckets]
