/** Weights of the negative and the positive class; `balanced` gives both classes the same sum, all rows kept. */
export type ClassWeights = 'balanced' | readonly [negative: number, positive: number]

/** Row weights times the weight of each row's class; a target between 0 and 1 takes from both. */
export function weighRows(
  y: ArrayLike<number>,
  weights?: ArrayLike<number>,
  classes: ClassWeights = [1, 1],
): Float64Array {
  const rows = Float64Array.from({ length: y.length }, (_, i) => weights?.[i] ?? 1)
  const [negative, positive] = classes === 'balanced' ? balance(y, rows) : classes
  return rows.map((weight, i) => weight * (negative + (positive - negative) * y[i]))
}

function balance(y: ArrayLike<number>, weights: Float64Array): readonly [number, number] {
  let positive = 0
  let total = 0
  for (let i = 0; i < weights.length; i++) {
    positive += weights[i] * y[i]
    total += weights[i]
  }
  const negative = total - positive
  return positive > 0 && negative > 0 ? [total / (2 * negative), total / (2 * positive)] : [1, 1]
}
