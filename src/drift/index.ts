import { Adwin } from './adwin.ts'
import type { DriftKind } from './drift-detector.ts'
import { PageHinkley } from './page-hinkley.ts'

/** Every drift detector: one line a detector. `conformance.test.ts` walks them all. */
export const driftKinds: readonly DriftKind[] = [Adwin, PageHinkley]
