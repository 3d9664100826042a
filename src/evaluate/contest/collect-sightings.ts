import type { ManifestRow } from '../../datasets/manifest.ts'
import { observeRow } from '../../datasets/observe-row.ts'
import type { DetectionModel } from '../../detect/detection-model.ts'
import { windowRow } from '../../features/window/index.ts'
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
  const anyDomain = row.domains.includes(ANY)
  // Of a tunnel whose domain nobody registered they are its own first names: neither the tunnel nor benign.
  const told = tally.finish().filter(({ domain }) => domain !== UNREGISTERED || anyDomain || row.label === 'benign')
  const sightings = told.map((tallied): Sighting => {
    const { domain, lo, hi, queries, addressQueries, prefixes, times, asked } = tallied
    const attack = row.domains.includes(domain) || (domain === UNREGISTERED && anyDomain)
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
