/**
 * Values of nodes are whole multiples of this, and small, so that sums of values of any number of trees are exact in
 * a double, whatever the order: contributions add up to the margin to the bit.
 */
const VALUE_GRID = 2 ** -32

/** Largest value of a node, either way; a file with greater ones is refused. */
export const VALUE_MAX = 1024

/** The nearest value on the grid. */
export function onGrid(value: number): number {
  return Math.max(-VALUE_MAX, Math.min(VALUE_MAX, Math.round(value / VALUE_GRID) * VALUE_GRID))
}
