import type { ManifestRow } from '../datasets/manifest.ts'
import { observeRow } from '../datasets/observe-row.ts'
import { NAME_CLASS } from '../detect/canonical-batch.ts'
import type { DetectionModel, FusionWeights } from '../detect/detection-model.ts'
import type { DomainState } from '../detect/domain-state.ts'
import { RATIO_MAX } from '../detect/fusion.ts'
import { presentName } from '../detect/present.ts'
import { domainValues } from '../detect/signals.ts'
import { matrixOf } from '../models/matrix.ts'
import { trainLogisticRegression } from '../models/train-logistic-regression.ts'
import { quantile } from '../stats/quantile.ts'

/** Domains with fewer names show nothing typical. */
const NAMES_MIN = 4
/** What the finished detectors say of every domain of the training rows. */
export interface DomainReading {
  readonly row: ManifestRow
  readonly domain: string
  readonly attack: boolean
  readonly ratios: readonly number[]
  readonly values: Readonly<Record<string, number>>
  readonly names: number
}

/** Runs the detectors over the timed training rows and reads every domain with rich state. */
export async function readDomains(rows: readonly ManifestRow[], model: DetectionModel): Promise<DomainReading[]> {
  const readings: DomainReading[] = []
  for (const row of rows) {
    if (row.format === 'list' || row.format === 'loshmii') continue
    const { detector } = await observeRow(row, model)
    for (const partition of detector.partitions) {
      for (const state of partition.rich.values()) {
        if (state.nameClass !== NAME_CLASS.ordinary && state.nameClass !== NAME_CLASS.invented) continue
        // Look-up services are told apart by their own rule; the score need not learn them.
        if (state.lookup !== undefined && state.alert === undefined) continue
        readings.push(readingOf(state, row))
      }
    }
  }
  return readings
}

function readingOf(state: DomainState, row: ManifestRow): DomainReading {
  const { account, downlink, answers, names } = state.peaks
  const domain = presentName(state.domain)
  return {
    row,
    domain,
    attack: row.domains.includes(domain),
    ratios: [account, downlink, answers, names].map((ratio) => Math.min(RATIO_MAX, ratio)),
    values: domainValues(state),
    names: state.novelNames,
  }
}

/** Fits the monotone logistic of the fused score; both classes weigh the same. */
export function fitFusion(readings: readonly DomainReading[]): FusionWeights {
  const matrix = matrixOf(
    ['account', 'downlink', 'answers', 'names'],
    readings.map((reading) => reading.ratios),
  )
  const attacks = readings.filter((reading) => reading.attack).length
  const weights = readings.map((reading) => (reading.attack ? 1 / attacks : 1 / (readings.length - attacks)) * 100)
  const fitted = trainLogisticRegression(
    matrix,
    readings.map((reading) => (reading.attack ? 1 : 0)),
    { weights, nonNegative: [true, true, true, true] },
  )
  const slopes = Array.from(fitted.terms.weights)
  const base = slopes.reduce((sum, slope, i) => sum - slope * fitted.terms.means[i], fitted.base)
  return { base, weights: slopes }
}

/** The 5th to 95th percentile of every signal over benign domains with some names, as text. */
export function typicalRanges(readings: readonly DomainReading[]): Record<string, string> {
  const benign = readings.filter(
    (reading) => !reading.attack && reading.row.network !== 'lab' && reading.names >= NAMES_MIN,
  )
  const names = Object.keys(benign[0]?.values ?? {})
  return Object.fromEntries(
    names.map((name) => {
      const values = benign.map((reading) => reading.values[name])
      const [low, high] = [0.05, 0.95].map((q) => Number(quantile(values, q).toPrecision(2)))
      return [name, `${low} to ${high}`]
    }),
  )
}
