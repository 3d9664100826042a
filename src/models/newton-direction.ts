import { solveOnFree } from './solve-on-free.ts'

/** What holds coefficients back besides the loss. */
export interface Restraints {
  /** Price of each coefficient's size: where the loss pulls less than this, the coefficient is exactly zero. */
  readonly l1: Float64Array
  /** True where a coefficient may not be negative. */
  readonly nonNegative: ArrayLike<boolean>
}

const ROUNDS_MAX = 200
const CHANGE_MIN = 1e-10

/**
 * The step that minimises the second-order model of a loss plus its restraints: `gradient` and `hessian` (full, row
 * after row) are those of the smooth part at `coefficients`.
 *
 * Sweeps of coordinate descent find which coefficients are zero (Friedman et al. 2010, a soft threshold each); between
 * sweeps the others are solved for at once, because by single coordinates columns that nearly repeat each other take
 * tens of thousands of sweeps. Every part lowers the model, so it cannot go in circles.
 */
export function newtonDirection(
  gradient: Float64Array,
  hessian: Float64Array,
  coefficients: Float64Array,
  restraints: Restraints,
): Float64Array {
  const width = gradient.length
  const direction = new Float64Array(width)
  const slope = gradient.slice()
  const move = (j: number, change: number) => {
    direction[j] += change
    for (let k = 0; k < width; k++) slope[k] += change * hessian[j * width + k]
  }
  for (let round = 0; round < ROUNDS_MAX; round++) {
    let largest = 0
    for (let j = 0; j < width; j++) {
      const curvature = hessian[j * width + j]
      const at = coefficients[j] + direction[j]
      const next = restrained(at - slope[j] / curvature, restraints.l1[j] / curvature, restraints.nonNegative[j])
      const change = next - at
      if (change === 0) continue
      move(j, change)
      // To the bit, so that adding the direction to the coefficients gives zero.
      if (next === 0) direction[j] = -coefficients[j]
      largest = Math.max(largest, Math.abs(change))
    }
    if (largest < CHANGE_MIN) break
    moveFree(slope, hessian, coefficients, direction, restraints, move)
  }
  return direction
}

/** The coefficient wished for, pulled towards zero by `threshold`, and kept at zero where it may not be negative. */
function restrained(wish: number, threshold: number, nonNegative: boolean | undefined): number {
  if (wish > threshold) return wish - threshold
  return wish < -threshold && !nonNegative ? wish + threshold : 0
}

/** Moves all coefficients that are not held at zero towards their common minimum, less those that meet zero. */
function moveFree(
  slope: Float64Array,
  hessian: Float64Array,
  coefficients: Float64Array,
  direction: Float64Array,
  { l1, nonNegative }: Restraints,
  move: (j: number, change: number) => void,
): void {
  const width = slope.length
  const isHeld = Array.from(slope, (_, j) => l1[j] > 0 || nonNegative[j] === true)
  const signs = direction.map((d, j) => Math.sign(coefficients[j] + d))
  let free = isHeld.flatMap((held, j) => (held && signs[j] === 0 ? [] : [j]))
  for (let first = 0; first >= 0; ) {
    const pull = Float64Array.from(free, (j) => -slope[j] - l1[j] * signs[j])
    const step = solveOnFree(hessian, width, free, pull)
    let share = 1
    first = -1
    free.forEach((j, i) => {
      const at = coefficients[j] + direction[j]
      if (!isHeld[j] || signs[j] * (at + share * step[i]) >= 0) return
      share = -at / step[i]
      first = j
    })
    free.forEach((j, i) => {
      move(j, share * step[i])
    })
    if (first >= 0) direction[first] = -coefficients[first]
    free = free.filter((j) => j !== first)
  }
}
