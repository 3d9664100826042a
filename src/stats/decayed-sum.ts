/**
 * A sum that forgets: what was summed `elapsed` ago counts e^(-elapsed / tau), then `amount` is added. Kept as one
 * number, so a caller holds sums in a typed array and writes `sums[i] = decayedSum(sums[i], ...)`. Both times in
 * the same unit.
 *
 * A late event (`elapsed` below 0) and one without a time (NaN) are charged in full and nothing decays: being late
 * must not make traffic cheaper. A steady rate r settles at r * tau, so a tumbling window's border cannot be played.
 *
 * @example
 * decayedSum(100, 600_000, 600_000, 20) // 56.787944117144235: ten minutes later, at a tau of ten minutes
 */
export function decayedSum(value: number, elapsed: number, tau: number, amount: number): number {
  return (elapsed > 0 ? value * Math.exp(-elapsed / tau) : value) + amount
}
