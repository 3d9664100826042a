/** Rows of features, row after row in one array: `values[row * columns + column]`. NaN means missing. */
export interface FeatureMatrix {
  readonly rows: number
  readonly columns: number
  readonly values: Float64Array
  readonly names: readonly string[]
}

/** A matrix of zeros whose columns are `names`, in that order. */
export function createMatrix(rows: number, names: readonly string[]): FeatureMatrix {
  return { rows, columns: names.length, values: new Float64Array(rows * names.length), names }
}

/** A matrix out of row arrays. Slow: for tests and small tables. */
export function matrixOf(names: readonly string[], rows: readonly (readonly number[])[]): FeatureMatrix {
  const matrix = createMatrix(rows.length, names)
  rows.forEach((row, i) => {
    matrix.values.set(row, i * names.length)
  })
  return matrix
}

/** The rows at `indices`, copied, in that order: what a fold or a split trains on. */
export function selectRows(matrix: FeatureMatrix, indices: ArrayLike<number>): FeatureMatrix {
  const { columns, values } = matrix
  const picked = createMatrix(indices.length, matrix.names)
  for (let i = 0; i < indices.length; i++) {
    const from = indices[i] * columns
    picked.values.set(values.subarray(from, from + columns), i * columns)
  }
  return picked
}

/** Throws where matrix, targets and weights do not fit together: a programmer's mistake, caught before training. */
export function assertTrainable(matrix: FeatureMatrix, y: ArrayLike<number>, weights?: ArrayLike<number>): void {
  assertRows(matrix, weights)
  assertTargets(matrix.rows, y)
}

/** The same for what is trained without targets. */
export function assertRows({ rows, columns, values, names }: FeatureMatrix, weights?: ArrayLike<number>): void {
  if (names.length !== columns || values.length !== rows * columns) throw new RangeError('matrix of an odd shape')
  assertWeighted(rows, weights)
}

export function assertTargets(rows: number, y: ArrayLike<number>): void {
  if (y.length !== rows) throw new RangeError(`${y.length} targets for ${rows} rows`)
  for (let i = 0; i < rows; i++) {
    if (!(y[i] >= 0 && y[i] <= 1)) throw new RangeError(`target ${y[i]} of row ${i} is outside [0, 1]`)
  }
}

export function assertWeighted(rows: number, weights: ArrayLike<number> | undefined): void {
  if (rows === 0) throw new RangeError('no rows to train on')
  if (weights === undefined) return
  if (weights.length !== rows) throw new RangeError(`${weights.length} weights, ${rows} rows`)
  let total = 0
  for (let i = 0; i < rows; i++) {
    if (!(weights[i] >= 0 && weights[i] < Infinity))
      throw new RangeError(`weight ${weights[i]} of row ${i} is negative or no number`)
    total += weights[i]
  }
  if (!(total > 0 && total < Infinity)) throw new RangeError(`the weights sum to ${total}`)
}
