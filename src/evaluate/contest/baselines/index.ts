import { ahmed } from './ahmed.ts'
import type { Baseline } from './baseline.ts'
import { bornGustafson } from './born-gustafson.ts'
import { ibhh } from './ibhh.ts'
import { lengthEntropy } from './length-entropy.ts'
import { majority } from './majority.ts'
import { nadler } from './nadler.ts'
import { oneRule } from './one-rule.ts'
import { prefixOctets } from './prefix-octets.ts'
import { rita } from './rita.ts'

/** Every baseline, in the order of the tables. A new one is one file and one line here. */
export const baselines: readonly Baseline[] = [
  ...[prefixOctets, ibhh, rita, lengthEntropy],
  ...[ahmed, nadler, bornGustafson, oneRule, majority],
]
