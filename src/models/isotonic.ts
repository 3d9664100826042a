import { logit, sigmoid } from '../stats/sigmoid.ts'
import { type Calibrator, classWeights } from './calibrator.ts'
import { arrayOf, demand, type SavedModel } from './model.ts'

/**
 * Isotonic calibration: the rising step function that fits best, with straight lines in log-odds between the steps.
 * Follows any shape; wants some hundred rows of the rarer class, and with fewer it turns noise into steps (then take
 * `Platt`). Flat past the outermost margins. Costs a binary search, about 50 ns.
 *
 * Two pseudo-rows of either class stand at both ends, so that no output is ever 0 or 1: after n negatives without a
 * positive the lowest probability is about 1 / (n + 2) (Laplace's rule of succession).
 *
 * @example
 * const isotonic = fitIsotonic([1, 2, 3, 4, 5, 6], [0, 0, 1, 0, 1, 1])
 * isotonic.probability(3) // 0.5
 *
 * Source: Ayer et al., Annals of Mathematical Statistics 26(4), 1955 (pool adjacent violators); Zadrozny and Elkan,
 * KDD 2002.
 */
export class Isotonic implements Calibrator {
  static readonly kind = 'isotonic'
  readonly kind = Isotonic.kind
  readonly priorLogOdds: number
  /** Margins, rising: first and last of every step. */
  readonly #margins: Float64Array
  /** Log-odds at each margin, never falling. */
  readonly #logOdds: Float64Array

  constructor(priorLogOdds: number, margins: Float64Array, logOdds: Float64Array) {
    this.priorLogOdds = priorLogOdds
    this.#margins = margins
    this.#logOdds = logOdds
  }

  probability(margin: number): number {
    return sigmoid(this.#logOddsAt(margin))
  }

  logLikelihoodRatio(margin: number): number {
    return this.#logOddsAt(margin) - this.priorLogOdds
  }

  #logOddsAt(margin: number): number {
    const margins = this.#margins
    const logOdds = this.#logOdds
    const last = margins.length - 1
    if (Number.isNaN(margin)) return this.priorLogOdds
    if (margin <= margins[0]) return logOdds[0]
    if (margin >= margins[last]) return logOdds[last]
    let low = 0
    let high = last
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (margins[middle] <= margin) low = middle
      else high = middle
    }
    const share = (margin - margins[low]) / (margins[high] - margins[low])
    return logOdds[low] + share * (logOdds[high] - logOdds[low])
  }

  save(): SavedModel {
    const prior = Float64Array.of(this.priorLogOdds)
    return { parameters: {}, arrays: { prior, margins: this.#margins, logOdds: this.#logOdds } }
  }

  static load(saved: SavedModel): Isotonic {
    const margins = arrayOf(saved, 'margins', Float64Array)
    const logOdds = arrayOf(saved, 'logOdds', Float64Array, margins.length)
    const [prior] = arrayOf(saved, 'prior', Float64Array, 1)
    const sound =
      margins.length > 0 &&
      margins.every((m, i) => Math.abs(m) < 1e300 && (i === 0 || m > margins[i - 1])) &&
      logOdds.every((l, i) => Math.abs(l) < 1e3 && (i === 0 || l >= logOdds[i - 1]))
    demand(sound && Math.abs(prior) < 1e3, 'The isotonic calibration is not a rising line.')
    return new Isotonic(prior, margins, logOdds)
  }
}

interface Block {
  readonly from: number
  readonly to: number
  readonly positive: number
  readonly weight: number
}

/** Fits {@link Isotonic} to margins of rows that the scorer was not trained on; `y` holds 0 and 1. */
export function fitIsotonic(margins: ArrayLike<number>, y: ArrayLike<number>, weights?: ArrayLike<number>): Isotonic {
  const { positive, negative } = classWeights(margins, y, weights)
  const blocks: Block[] = []
  for (const block of distinctMargins(margins, y, weights)) {
    let pooled = block
    for (let top = blocks.at(-1); top && rate(top) >= rate(pooled); top = blocks.at(-1)) {
      pooled = {
        from: top.from,
        to: pooled.to,
        positive: top.positive + pooled.positive,
        weight: top.weight + pooled.weight,
      }
      blocks.pop()
    }
    blocks.push(pooled)
  }
  const knots = blocks.flatMap((block) => {
    const logOdds = logit(rate(block))
    return block.from === block.to
      ? [[block.from, logOdds]]
      : [
          [block.from, logOdds],
          [block.to, logOdds],
        ]
  })
  return new Isotonic(
    Math.log(positive / negative),
    Float64Array.from(knots, ([margin]) => margin),
    Float64Array.from(knots, ([, logOdds]) => logOdds),
  )
}

function rate({ positive, weight }: Block): number {
  return positive / weight
}

/** One block a distinct margin, rising, with the pseudo-rows in the first and the last. */
function distinctMargins(margins: ArrayLike<number>, y: ArrayLike<number>, weights?: ArrayLike<number>): Block[] {
  const order = Array.from({ length: margins.length }, (_, i) => i)
    .filter((i) => (weights?.[i] ?? 1) > 0)
    .sort((a, b) => margins[a] - margins[b] || a - b)
  const blocks: Block[] = []
  for (const i of order) {
    const weight = weights?.[i] ?? 1
    const top = blocks.at(-1)
    if (top?.to === margins[i]) {
      blocks[blocks.length - 1] = { ...top, positive: top.positive + weight * y[i], weight: top.weight + weight }
    } else blocks.push({ from: margins[i], to: margins[i], positive: weight * y[i], weight })
  }
  for (const end of new Set([0, blocks.length - 1])) {
    blocks[end] = { ...blocks[end], positive: blocks[end].positive + 1, weight: blocks[end].weight + 2 }
  }
  return blocks
}
