import { type Sighting, UNREGISTERED } from './sighting.ts'

/**
 * How a score becomes a verdict, for every contestant alike.
 *
 * The line is the score of the first domain that may not pass: with `allowed` false domains, the one after them, a
 * domain counting once with its highest score over all files. What scores **more** than the line passes. So of equal
 * scores none passes (a detector that gives everything the same finds nothing), at most `allowed` tuning domains do, and
 * fewer where some are equal. NaN says nothing: it sets no line and passes none. A contestant that scores fewer tuning
 * domains than that has no line, and passes whatever it scores.
 */
export function lineFor(sightings: readonly Sighting[], scores: readonly number[], allowed: number): number {
  const highest = new Map<string, number>()
  for (const [i, sighting] of sightings.entries()) {
    if (Number.isNaN(scores[i])) continue
    const subject = subjectOf(sighting)
    highest.set(subject, Math.max(highest.get(subject) ?? Number.NEGATIVE_INFINITY, scores[i]))
  }
  const falling = [...highest.values()].sort((a, b) => b - a)
  return falling[allowed] ?? Number.NEGATIVE_INFINITY
}

/** Whether a score is past the line. */
export function passes(score: number, line: number): boolean {
  return score > line
}

/** Who is named when a sighting passes: a domain is one subject in all files, names without one are their file's. */
export function subjectOf({ domain, row }: Sighting): string {
  return domain === UNREGISTERED ? `${domain} (${row.file})` : domain
}
