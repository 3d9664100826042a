import { isSymbol, MarkovChain, STEPS, SYMBOLS, stepOf } from './markov-chain.ts'
import { assertTrainable, type FeatureMatrix } from './matrix.ts'
import { priorLogOdds } from './prior-log-odds.ts'

/** How chains are smoothed. */
export interface MarkovChainOptions {
  readonly weights?: ArrayLike<number>
  /** Steps that each possible step is taken for seen besides (Dirichlet's prior). */
  readonly alpha?: number
}

/**
 * Trains a {@link MarkovChain}: counts of steps in rows of each class, `alpha` added to each, over the symbols that any row held and one
 * for those that none did. Classes are not weighed: each chain is a distribution of its own. Draws nothing.
 */
export function trainMarkovChain(
  matrix: FeatureMatrix,
  y: ArrayLike<number>,
  { weights, alpha = 0.5 }: MarkovChainOptions = {},
): MarkovChain {
  assertTrainable(matrix, y, weights)
  const counts = [new Float64Array(STEPS), new Float64Array(STEPS)]
  const seen = new Uint8Array(SYMBOLS)
  for (let row = 0; row < matrix.rows; row++) {
    const weight = weights?.[row] ?? 1
    let from: number | undefined
    for (let i = row * matrix.columns; i < (row + 1) * matrix.columns && isSymbol(matrix.values[i]); i++) {
      const to = matrix.values[i]
      seen[to] = 1
      counts[1][stepOf(from, to)] += weight * y[row]
      counts[0][stepOf(from, to)] += weight * (1 - y[row])
      from = to
    }
  }
  const symbols = seen.reduce((sum, one) => sum + one, 0) + 1
  const ratios = new Float64Array(STEPS)
  for (let from = 0; from <= SYMBOLS; from++) {
    const start = from < SYMBOLS ? stepOf(from, 0) : stepOf(undefined, 0)
    const [benign, attack] = counts.map((of) => total(of, start))
    for (let to = 0; to < SYMBOLS; to++) {
      const [b, a] = counts.map((of) => of[start + to] + alpha)
      ratios[start + to] = Math.log(a / (attack + alpha * symbols)) - Math.log(b / (benign + alpha * symbols))
    }
  }
  const rowWeights = weights ?? new Float64Array(matrix.rows).fill(1)
  return new MarkovChain(matrix.names, ratios, priorLogOdds(y, rowWeights))
}

function total(counts: Float64Array, start: number): number {
  let sum = 0
  for (let to = 0; to < SYMBOLS; to++) sum += counts[start + to]
  return sum
}
