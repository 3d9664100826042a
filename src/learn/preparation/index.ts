import { encodeBuckets } from './encode-buckets.ts'
import { encodeFrequency } from './encode-frequency.ts'
import { imputeMedian } from './impute-median.ts'
import { minMax } from './min-max.ts'
import type { Preparation } from './preparation.ts'
import { standard } from './standard.ts'
import { winsorise } from './winsorise.ts'

/** Every preparation there is: one line each. `conformance.test.ts` walks them all. */
export const preparations: readonly Preparation[] = [
  encodeFrequency,
  encodeBuckets,
  winsorise,
  imputeMedian,
  minMax,
  standard,
]
