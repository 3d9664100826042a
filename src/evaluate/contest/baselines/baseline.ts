import type { Score, Sighting } from '../sighting.ts'

/**
 * A published or usual way to find tunnels, as plain as its authors left it.
 *
 * `learns` says what `fit` reads: `nothing` (it may be called with no sightings at all), `benign` (only benign ones are
 * handed over), or `tunnels` (both). `fit` is pure and deterministic: the same sightings give the same scores.
 */
export interface Baseline {
  readonly name: string
  readonly learns: 'nothing' | 'benign' | 'tunnels'
  fit(training: readonly Sighting[]): Score
}
