import type { SavedModel } from './model.ts'

/** Turns a scorer's margin into a probability that means what it says, on rows like those it was fitted on. */
export interface Calibrator {
  readonly kind: string
  /** Log-odds of the calibration set itself, in nats; taken off to get a likelihood ratio. */
  readonly priorLogOdds: number
  /** Probability of the positive class with the calibration set's prior; strictly between 0 and 1, never falling. */
  probability(margin: number): number
  /**
   * log p(margin | positive) / p(margin | negative) in nats: log-odds less the prior's. Finite for every margin, and
   * 0 (no evidence) for NaN. Its ends are as far as the calibration set can tell: a thousand negatives without a
   * positive allow about -log(1000).
   */
  logLikelihoodRatio(margin: number): number
  save(): SavedModel
}

export interface CalibratorKind {
  readonly kind: string
  load(saved: SavedModel): Calibrator
}

/** Summed weights by class, from which priors and smoothing follow; throws unless both classes are there. */
export function classWeights(
  margins: ArrayLike<number>,
  y: ArrayLike<number>,
  weights: ArrayLike<number> | undefined,
): { positive: number; negative: number } {
  let positive = 0
  let negative = 0
  for (let i = 0; i < margins.length; i++) {
    if (!(Math.abs(margins[i]) < 1e300)) throw new RangeError(`margin ${margins[i]} of row ${i} is out of range`)
    const weight = weights === undefined ? 1 : weights[i]
    if (!(weight >= 0)) throw new RangeError(`weight ${weight} of row ${i} is negative`)
    positive += weight * y[i]
    negative += weight * (1 - y[i])
  }
  if (!(positive > 0 && negative > 0)) throw new RangeError('calibration needs rows of both classes')
  return { positive, negative }
}
