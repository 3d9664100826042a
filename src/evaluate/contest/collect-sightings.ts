import type { DetectionModel } from '../../detect/detection-model.ts'
import { windowRow } from '../../features/window/index.ts'
import type { ManifestRow } from '../manifest.ts'
import { observeRow } from '../observe-row.ts'
import { type OwnScores, ownScores } from './own-scores.ts'
import { type Sighting, UNREGISTERED } from './sighting.ts'
import { SightingTally } from './sighting-tally.ts'

/** Tunnel without a domain, in a manifest. */
const ANY = '*'

/** What one pass over one file gave. */
export interface Collected {
  readonly sightings: readonly Sighting[]
  readonly own: OwnScores
}

/** Reads a file once: its domains for every contestant, and what the product's detectors say of them. */
export async function collectSightings(row: ManifestRow, model: DetectionModel): Promise<Collected> {
  const tally = new SightingTally(UNREGISTERED)
  const { detector } = await observeRow(row, model, { onRows: (rows) => tally.add(rows) })
  const sightings = tally.finish().map((tallied): Sighting => {
    const { domain, lo, hi, queries, addressQueries, prefixes, times, asked } = tallied
    const attack = row.domains.includes(domain) || (domain === UNREGISTERED && row.domains.includes(ANY))
    return {
      row,
      domain,
      lo,
      hi,
      attack,
      queries,
      addressQueries,
      prefixes,
      times,
      asked,
      window: windowRow(tallied.window),
    }
  })
  return { sightings, own: ownScores(detector, model) }
}

/** The product's detectors alone, by another model. */
export async function collectOwn(row: ManifestRow, model: DetectionModel): Promise<OwnScores> {
  const { detector } = await observeRow(row, model)
  return ownScores(detector, model)
}
