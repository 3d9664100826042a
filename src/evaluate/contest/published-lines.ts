import { RITA_LINES, rita } from './baselines/rita.ts'
import { subjectOf } from './cut.ts'
import type { Sighting } from './sighting.ts'

/** A published detector at the lines it ships with, on every row: nothing of it was learned. */
export interface PublishedLine {
  readonly detector: string
  readonly severity: string
  readonly line: number
  readonly captures: number
  readonly found: number
  readonly judged: number
  readonly falseDomains: readonly string[]
}

/** RITA as it ships: a domain is named from its line on. */
export function publishedLines(sightings: readonly Sighting[]): PublishedLine[] {
  const score = rita.fit([])
  const scored = sightings.map((sighting) => ({ sighting, names: score(sighting) }))
  const tunnels = scored.filter(({ sighting }) => sighting.row.label !== 'benign')
  const benign = scored.filter(({ sighting }) => sighting.row.label === 'benign')
  return Object.entries(RITA_LINES).map(([severity, line]) => {
    const found = tunnels.filter(({ sighting, names }) => sighting.attack && names >= line)
    return {
      ...{ detector: rita.name, severity, line },
      captures: new Set(tunnels.map(({ sighting }) => sighting.row)).size,
      found: new Set(found.map(({ sighting }) => sighting.row)).size,
      judged: new Set(benign.map(({ sighting }) => subjectOf(sighting))).size,
      falseDomains: [
        ...new Set(benign.filter(({ names }) => names >= line).map(({ sighting }) => subjectOf(sighting))),
      ].sort(),
    }
  })
}
