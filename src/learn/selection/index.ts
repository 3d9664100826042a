import { anova } from './anova.ts'
import { backward } from './backward.ts'
import { chiSquared } from './chi-squared.ts'
import { correlation } from './correlation.ts'
import { forward } from './forward.ts'
import { leaveOneOut } from './leave-one-out.ts'
import { mutualInformation } from './mutual-information.ts'
import { permutation } from './permutation.ts'
import type { Selector } from './selector.ts'

/** Every way to choose features: one line each. `conformance.test.ts` walks them all. */
export const selectors: readonly Selector[] = [
  chiSquared,
  mutualInformation,
  anova,
  correlation,
  forward,
  backward,
  permutation,
  leaveOneOut,
]
