import type { ManifestRow } from '../../datasets/manifest.ts'
import type { Fitted } from './cross-fit.ts'
import { lineFor, passes, subjectOf } from './cut.ts'
import type { Sighting } from './sighting.ts'
import type { Round } from './trial.ts'

/** False domains that a line leaves on the tuning rows. */
export const ALLOWED = [0, 3] as const
export type Allowed = (typeof ALLOWED)[number]

/** One contestant on one round at one line. */
export interface Standing {
  readonly table: Round['table']
  readonly round: string
  readonly contestant: string
  readonly allowed: Allowed
  readonly line: number
  /** Captures with a tunnel, and those in which a domain of it passed. */
  readonly captures: number
  readonly found: number
  readonly missed: readonly string[]
  /** Other domains that passed in those captures. */
  readonly beside: readonly string[]
  /** Distinct benign domains, and those of them that passed. */
  readonly judged: number
  readonly falseDomains: readonly string[]
}

/** Sets the lines on the tuning sightings, and judges the round by them. */
export function judge(
  contestant: string,
  { score, tuning }: Fitted,
  tuningSightings: readonly Sighting[],
  { table, name, tunnels, benign }: Round,
  sightingsOf: (rows: readonly ManifestRow[]) => Sighting[],
): Standing[] {
  const scored = (rows: readonly ManifestRow[]) =>
    sightingsOf(rows).map((sighting) => ({ sighting, score: score(sighting) }))
  const inTunnels = scored(tunnels)
  const inBenign = scored(benign)
  return ALLOWED.map((allowed) => {
    const line = lineFor(tuningSightings, tuning, allowed)
    const past = inTunnels.filter((one) => passes(one.score, line)).map(({ sighting }) => sighting)
    const found = new Set(past.filter(({ attack }) => attack).map(({ row }) => row))
    const subjects = distinct(inBenign.map(({ sighting }) => subjectOf(sighting)))
    const falseDomains = distinct(
      inBenign.filter((one) => passes(one.score, line)).map((one) => subjectOf(one.sighting)),
    )
    return {
      ...{ table, round: name, contestant, allowed, line },
      captures: tunnels.length,
      found: found.size,
      missed: tunnels.filter((row) => !found.has(row)).map((row) => row.file),
      beside: distinct(past.filter(({ attack }) => !attack).map(subjectOf)),
      judged: subjects.length,
      falseDomains,
    }
  })
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].sort()
}
