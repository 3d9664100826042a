import type { ManifestRow } from '../datasets/manifest.ts'
import { observeRow } from '../datasets/observe-row.ts'
import type { DetectionModel } from '../detect/detection-model.ts'
import type { Detector } from '../detect/detector.ts'
import type { Incident } from '../detect/incident.ts'
import { presentName } from '../detect/present.ts'
import { collect } from '../pipeline/scan.ts'
import { type Nearest, nearestOf } from './nearest.ts'
import { type CountedDomain, PlainCounter } from './plain-counter.ts'
import { RowTally } from './row-tally.ts'

/** A domain that passed a line and stands as a look-up service, and the form it was recognised by. */
export interface StandingLookup {
  readonly domain: string
  readonly form: string
}

/** What one scan of one file of a manifest showed; the detector's own state is gone. */
export interface Measured {
  readonly row: ManifestRow
  /** False for lists of names: no time, no client. */
  readonly timed: boolean
  readonly queries: number
  readonly clients: ReadonlySet<string>
  /** Every registered domain, as the plain counter saw it in the same run. */
  readonly domains: readonly CountedDomain[]
  readonly incidents: readonly Incident[]
  readonly lookups: readonly StandingLookup[]
  readonly nearest: Nearest
}

/** Scans one file of a manifest as an observation of its own, the plain counter beside it. */
export async function measureRow(row: ManifestRow, model: DetectionModel): Promise<Measured> {
  const counter = new PlainCounter()
  const tally = new RowTally()
  const { detector, timed } = await observeRow(row, model, {
    onRows(rows) {
      counter.add(rows)
      tally.add(rows)
    },
  })
  return {
    row,
    timed,
    queries: tally.queries,
    clients: tally.clients,
    domains: [...counter.domains.values()],
    incidents: collect(detector, { name: 'evaluation', timed, model, sourceOf: () => row.file }),
    lookups: lookupsOf(detector),
    nearest: nearestOf(detector, model.thresholds),
  }
}

function lookupsOf(detector: Detector): StandingLookup[] {
  return detector.partitions.flatMap((partition) =>
    [...partition.rich.values()].flatMap(({ domain, alert, lookup }) =>
      alert === undefined && lookup !== undefined ? [{ domain: presentName(domain), form: lookup }] : [],
    ),
  )
}
