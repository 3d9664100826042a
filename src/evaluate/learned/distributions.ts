import type { DataFeature } from '../../datasets/data-set.ts'
import type { Examples } from '../../learn/examples.ts'
import type { Distribution } from './judged.ts'

const BINS = 24
/** Shares of rows cut off at either end, so that one absurd value does not squeeze the picture. */
const TAIL = 0.005

/** How each feature's known values are spread in both classes, over bins of equal width. */
export function distributions(
  { matrix, y }: Examples,
  rows: Int32Array,
  features: readonly DataFeature[],
): Distribution[] {
  return features.map(({ name, unit }, column) => {
    const known = rows.filter((row) => Number.isFinite(matrix.values[row * matrix.columns + column]))
    const valueAt = (row: number) => matrix.values[row * matrix.columns + column]
    const sorted = Float64Array.from(known, valueAt).sort()
    const low = sorted[Math.floor(TAIL * sorted.length)] ?? 0
    const high = sorted[Math.max(0, Math.ceil((1 - TAIL) * sorted.length) - 1)] ?? 0
    const width = (high - low) / BINS || 1
    const counts = [new Array<number>(BINS).fill(0), new Array<number>(BINS).fill(0)]
    const totals = [0, 0]
    for (const row of known) {
      const bin = Math.max(0, Math.min(BINS - 1, Math.floor((valueAt(row) - low) / width)))
      counts[y[row]][bin]++
      totals[y[row]]++
    }
    const [benign, attack] = counts.map((bins, target) => bins.map((count) => count / Math.max(1, totals[target])))
    return { feature: name, unit, edges: Array.from({ length: BINS + 1 }, (_, i) => low + i * width), benign, attack }
  })
}
