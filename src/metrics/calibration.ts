import { clopperPearson } from '../stats/clopper-pearson.ts'
import { assertProbabilities } from './probability-scores.ts'
import { assertMeasurable } from './ranked-scores.ts'

/** Rows whose probabilities lie in [from, to): what was said of them, and what came. */
export interface CalibrationBin {
  readonly from: number
  readonly to: number
  readonly rows: number
  readonly positives: number
  /** Mean probability said; NaN in an empty bin. */
  readonly said: number
  /** Share that was positive; NaN in an empty bin. */
  readonly came: number
  readonly cameBounds: { readonly lower: number; readonly upper: number }
}

/** Said against come, and the expected calibration error: the mean distance between them, by rows. */
export interface Calibration {
  readonly bins: readonly CalibrationBin[]
  readonly expectedError: number
}

/**
 * Reliability of probabilities, in `bins` bins of equal width; 1 is in the last. Bins of equal width show the whole
 * range, and most rows of rare-event data crowd into the first: look at the counts. Rows count alike, without weights.
 *
 * @example
 * calibration([0.1, 0.3, 0.8, 0.9], [0, 0, 1, 1], 2).expectedError // 0.175
 *
 * Source: Naeini, Cooper and Hauskrecht, Obtaining well calibrated probabilities using Bayesian binning, AAAI 2015.
 */
export function calibration(probabilities: ArrayLike<number>, targets: ArrayLike<number>, bins = 10): Calibration {
  assertMeasurable(probabilities, targets)
  assertProbabilities(probabilities)
  const rows = new Float64Array(bins)
  const positives = new Float64Array(bins)
  const sums = new Float64Array(bins)
  for (let i = 0; i < probabilities.length; i++) {
    const bin = Math.min(bins - 1, Math.floor(probabilities[i] * bins))
    rows[bin]++
    positives[bin] += targets[i]
    sums[bin] += probabilities[i]
  }
  let distance = 0
  for (let bin = 0; bin < bins; bin++) distance += Math.abs(sums[bin] - positives[bin])
  return {
    bins: Array.from(rows, (count, bin) => ({
      from: bin / bins,
      to: (bin + 1) / bins,
      rows: count,
      positives: positives[bin],
      said: sums[bin] / count,
      came: positives[bin] / count,
      cameBounds: clopperPearson(positives[bin], count),
    })),
    expectedError: distance / probabilities.length,
  }
}
