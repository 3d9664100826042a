import { balance } from './balance.ts'
import { course } from './course.ts'
import type { FlowFeature, FlowFeatureFamily, FlowView } from './family.ts'
import { pace } from './pace.ts'
import { size } from './size.ts'

/** Every family of flow features, in the order of the columns. A new family is one file and one line here. */
export const flowFamilies: readonly FlowFeatureFamily[] = [balance, size, pace, course]

/** Columns of a flow's row, in order. */
export const flowFeatures: readonly FlowFeature[] = flowFamilies.flatMap((family) => family.features)

/** Writes the row of a flow. A rate that overflows is missing: no feature is infinite. */
export function writeFlowRow(flow: FlowView, out: Float64Array): void {
  let at = 0
  for (const family of flowFamilies) {
    family.extract(flow, out, at)
    at += family.features.length
  }
  for (let i = 0; i < at; i++) if (!Number.isFinite(out[i])) out[i] = Number.NaN
}
