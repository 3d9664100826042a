/** A pivot below this share of its diagonal entry is rounding: the column repeats those before it. */
const PIVOT_MIN = 1e-13

/**
 * Solves `matrix * x = right` over the rows and columns in `free`, for a symmetric matrix of `width` columns without
 * negative eigenvalues. Columns that repeat others get zero. By Cholesky's factors: free^3 / 6 steps.
 */
export function solveOnFree(
  matrix: Float64Array,
  width: number,
  free: readonly number[],
  right: Float64Array,
): Float64Array {
  const n = free.length
  const factor = new Float64Array(n * n)
  const x = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    let sum = right[i]
    for (let j = 0; j <= i; j++) {
      let entry = matrix[free[i] * width + free[j]]
      for (let k = 0; k < j; k++) entry -= factor[i * n + k] * factor[j * n + k]
      if (j < i) factor[i * n + j] = factor[j * n + j] > 0 ? entry / factor[j * n + j] : 0
      else factor[i * n + i] = entry > PIVOT_MIN * matrix[free[i] * width + free[i]] ? Math.sqrt(entry) : 0
      if (j < i) sum -= factor[i * n + j] * x[j]
    }
    x[i] = factor[i * n + i] > 0 ? sum / factor[i * n + i] : 0
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] -= factor[k * n + i] * x[k]
    x[i] = factor[i * n + i] > 0 ? x[i] / factor[i * n + i] : 0
  }
  return x
}
