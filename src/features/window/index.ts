import { balance } from './balance.ts'
import type { WindowFeature, WindowFeatureFamily } from './family.ts'
import { outcome } from './outcome.ts'
import { prefixLength } from './prefix-length.ts'
import { questionTypes } from './question-types.ts'
import { rhythm } from './rhythm.ts'
import { similarity } from './similarity.ts'
import { spelling } from './spelling.ts'
import { volume } from './volume.ts'
import type { WindowTally } from './window-tally.ts'

/** Every family of window features, in the order of the columns. A new family is one file and one line here. */
export const windowFamilies: readonly WindowFeatureFamily[] = [
  ...[volume, balance, prefixLength, spelling],
  ...[questionTypes, outcome, rhythm, similarity],
]

/** Columns of a window's row, in order. */
export const windowFeatures: readonly WindowFeature[] = windowFamilies.flatMap((family) => family.features)

/** The row of a domain as it stands now. */
export function windowRow(tally: WindowTally): Float64Array {
  const out = new Float64Array(windowFeatures.length)
  let at = 0
  for (const family of windowFamilies) {
    family.extract(tally, out, at)
    at += family.features.length
  }
  return out
}
