import { domainPart } from '../../datasets/fold.ts'
import type { Baseline } from './baselines/baseline.ts'
import type { Score, Sighting } from './sighting.ts'

/** Parts that tuning domains are dealt out to by their hash. */
const PARTS = 4

/** A contestant of one trial: how it scores rows it never saw, and its scores of the tuning sightings. */
export interface Fitted {
  readonly score: Score
  /** In the order of the tuning sightings. */
  readonly tuning: readonly number[]
}

/**
 * Fits a contestant, and scores each tuning sighting by a fit that has not seen its domain: a line set on what was
 * learned by heart would lie too low, and the false domains past it would be found in the held-out rows only.
 */
export function crossFit(contestant: Baseline, training: readonly Sighting[], tuning: readonly Sighting[]): Fitted {
  const { learns } = contestant
  const read = learns === 'nothing' ? [] : training.filter(({ attack }) => learns === 'tunnels' || !attack)
  const score = contestant.fit(read)
  if (learns === 'nothing') return { score, tuning: tuning.map(score) }
  const parts = Array.from({ length: PARTS }, (_, part) =>
    contestant.fit(read.filter((sighting) => sighting.attack || partOf(sighting) !== part)),
  )
  return { score, tuning: tuning.map((sighting) => parts[partOf(sighting)](sighting)) }
}

/** Whether every fit has something to read: a tunnel, and benign domains of two parts. */
export function canCrossFit(training: readonly Sighting[]): boolean {
  const parts = new Set(training.filter(({ attack }) => !attack).map(partOf))
  return parts.size > 1 && training.some(({ attack }) => attack)
}

function partOf({ lo, hi }: Sighting): number {
  return domainPart(lo, hi, PARTS)
}
