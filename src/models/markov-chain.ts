import { arrayOf, demand, type ExplainingScorer, type SavedModel } from './model.ts'
import { baseOf, onGrid } from './nets/grid.ts'

/** Symbols from 0 on; one more stands for a start, and one for whatever no training row held. */
export const SYMBOLS = 256
const START = SYMBOLS
const ROW = SYMBOLS + 1

/**
 * Two first-order Markov chains over the symbols of a row, in their order, up to the first that is missing; the margin is the prior's
 * log-odds and the mean over the steps of the log-likelihood ratio of one chain to the other:
 *
 *   prior + (1 / n) sum over i of log P1(s_i | s_i-1) / P0(s_i | s_i-1)
 *
 * What neither saw is as likely as the smoothing makes it, and finite. A row without a symbol has the prior's margin. Order is all that it
 * knows: it can tell `abab` from `aabb`, in a hundredth of an LSTM's time.
 *
 * Source: the markov chain over connection histories that the original planned; Garcia 2015 for chains over flows' letters.
 *
 * @example
 * const chain = trainMarkovChain(matrix, y, { alpha: 0.5 })
 * chain.scoreOne(Float64Array.from([0x44, 0x64, Number.NaN])) // of the history 'Dd'
 */
export class MarkovChain implements ExplainingScorer {
  static readonly kind = 'markov-chain'
  readonly kind = MarkovChain.kind
  readonly featureNames: readonly string[]
  /** Log-likelihood ratio of each step, [from][to], a start behind the symbols. */
  readonly ratios: Float64Array
  readonly prior: number

  constructor(featureNames: readonly string[], ratios: Float64Array, prior: number) {
    this.featureNames = featureNames
    this.ratios = ratios
    this.prior = prior
  }

  scoreOne(x: Float64Array, at = 0): number {
    let sum = 0
    let steps = 0
    let from = START
    for (; steps < this.featureNames.length && isSymbol(x[at + steps]); steps++) {
      const to = x[at + steps]
      sum += this.ratios[from * ROW + to]
      from = to
    }
    return onGrid(this.prior + (steps === 0 ? 0 : sum / steps))
  }

  contributions(x: Float64Array, at: number, out: Float64Array): number {
    const columns = this.featureNames.length
    out.fill(0, 0, columns)
    let steps = 0
    while (steps < columns && isSymbol(x[at + steps])) steps++
    let from = START
    for (let i = 0; i < steps; i++) {
      out[i] = this.ratios[from * ROW + x[at + i]] / steps
      from = x[at + i]
    }
    return baseOf(this.scoreOne(x, at), out, columns)
  }

  save(): SavedModel {
    return { parameters: {}, arrays: { ratios: this.ratios, prior: Float64Array.of(this.prior) } }
  }

  static load(saved: SavedModel, featureNames: readonly string[]): MarkovChain {
    const ratios = arrayOf(saved, 'ratios', Float64Array, ROW * ROW)
    const [prior] = arrayOf(saved, 'prior', Float64Array, 1)
    demand([prior, ...ratios].every(Number.isFinite), 'The Markov chain holds a number that is not finite.')
    return new MarkovChain(featureNames, ratios, prior)
  }
}

/** The place of a step in {@link MarkovChain.ratios}; `from` undefined for the first. */
export function stepOf(from: number | undefined, to: number): number {
  return (from ?? START) * ROW + to
}

/** Steps that there are. */
export const STEPS: number = ROW * ROW

/** Whole numbers below {@link SYMBOLS}; anything else ends a row, as what is missing does. */
export function isSymbol(value: number): boolean {
  return value >= 0 && value < SYMBOLS && Number.isInteger(value)
}
