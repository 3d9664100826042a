import { type DomainReading, sideRatio } from '../datasets/domain-readings.ts'
import type { FusionWeights } from '../detect/detection-model.ts'
import { matrixOf } from '../models/matrix.ts'
import { trainLogisticRegression } from '../models/train-logistic-regression.ts'
import { quantile } from '../stats/quantile.ts'

/** Domains with fewer names show nothing typical. */
const NAMES_MIN = 4
/** Fits the monotone logistic of the fused score over the detectors and the `sides`; both classes weigh the same. */
export function fitFusion(readings: readonly DomainReading[], sides: readonly string[] = []): FusionWeights {
  const inputs = ['account', 'downlink', 'answers', 'names']
  const matrix = matrixOf(
    [...inputs, ...sides],
    readings.map((reading) => [...reading.ratios, ...sides.map((name) => sideRatio(reading, name))]),
  )
  const attacks = readings.filter((reading) => reading.attack).length
  const weights = readings.map((reading) => (reading.attack ? 1 / attacks : 1 / (readings.length - attacks)) * 100)
  const fitted = trainLogisticRegression(
    matrix,
    readings.map((reading) => (reading.attack ? 1 : 0)),
    { weights, nonNegative: matrix.names.map(() => true) },
  )
  const slopes = Array.from(fitted.terms.weights)
  const base = slopes.reduce((sum, slope, i) => sum - slope * fitted.terms.means[i], fitted.base)
  const four = { base, weights: slopes.slice(0, inputs.length) }
  if (sides.length === 0) return four
  return { ...four, sides: Object.fromEntries(sides.map((name, i) => [name, slopes[inputs.length + i]])) }
}

/** The 5th to 95th percentile of every signal over benign domains with some names, as text. */
export function typicalRanges(readings: readonly DomainReading[]): Record<string, string> {
  const benign = readings.filter(
    (reading) => !reading.attack && reading.row.network !== 'lab' && reading.names >= NAMES_MIN,
  )
  const names = Object.keys(benign[0]?.values ?? {})
  return Object.fromEntries(
    names.map((name) => {
      // A side detector may have had nothing to read.
      const values = benign.flatMap((reading) => reading.values[name] ?? [])
      const [low, high] = [0.05, 0.95].map((q) => Number(quantile(values, q).toPrecision(2)))
      return [name, `${low} to ${high}`]
    }),
  )
}
