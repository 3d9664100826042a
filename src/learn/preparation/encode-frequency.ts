import type { FeatureMatrix } from '../../models/matrix.ts'
import { FrequencyEncoding } from '../../models/steps/frequency-encoding.ts'
import type { Preparation } from './preparation.ts'

/** Replaces every category by its share of the training rows in which its column was known. */
export const encodeFrequency: Preparation = {
  name: 'encode-frequency',
  fit: (matrix, { categories }) => {
    const counted = Array.from(categories, (column) => countValues(matrix, column))
    const starts = new Int32Array(categories.length + 1)
    counted.forEach((counts, i) => {
      starts[i + 1] = starts[i] + counts.length
    })
    const shares = counted.flatMap((counts) => {
      const known = counts.reduce((sum, [, count]) => sum + count, 0)
      return counts.map(([, count]) => count / known)
    })
    const values = counted.flatMap((counts) => counts.map(([value]) => value))
    return new FrequencyEncoding({
      columns: categories,
      starts,
      values: Float64Array.from(values),
      shares: Float64Array.from(shares),
    })
  },
}

/** The values of a column with their counts, by rising value. */
function countValues({ columns, values }: FeatureMatrix, column: number): [value: number, count: number][] {
  const counts = new Map<number, number>()
  for (let i = column; i < values.length; i += columns) {
    if (!Number.isNaN(values[i])) counts.set(values[i], (counts.get(values[i]) ?? 0) + 1)
  }
  return [...counts].sort(([a], [b]) => a - b)
}
