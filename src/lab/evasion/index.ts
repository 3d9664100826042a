import { cutNames } from './cut-names.ts'
import { inventedTops } from './invented-tops.ts'
import { names99 } from './names-a-day.ts'
import { asDecimals, asHashes, asShortLabels, asShortNames, asUuids, asWords } from './reencode.ts'
import { spreadOver50 } from './spread.ts'
import { slower60, slower3600 } from './stretch.ts'
import type { Transform } from './transform.ts'

/** Every transform, one line a member. `conformance.test.ts` walks them all. */
export const transforms: readonly Transform[] = [
  ...[slower60, slower3600],
  ...[asWords, asDecimals, asShortLabels, asShortNames],
  ...[asHashes, asUuids],
  inventedTops,
  cutNames,
  spreadOver50,
  names99,
]
