import { incompleteBeta } from './incomplete-beta.ts'

/**
 * Exact bounds on a rate of which `hits` of `trials` were seen: the true rate is inside with at least `confidence`,
 * whatever it is. Never too narrow, and a little too wide for few trials. With no hits the upper bound is near
 * 3.7 / trials (3 / trials one-sided: the rule of three). No trials say nothing: 0 to 1.
 *
 * @example
 * clopperPearson(0, 1000) // { lower: 0, upper: 0.0036820... }
 *
 * Source: Clopper and Pearson, Biometrika 26(4), 1934.
 */
export function clopperPearson(hits: number, trials: number, confidence = 0.95): { lower: number; upper: number } {
  const tail = (1 - confidence) / 2
  return {
    lower: hits <= 0 ? 0 : betaQuantile(tail, hits, trials - hits + 1),
    upper: hits >= trials ? 1 : betaQuantile(1 - tail, hits + 1, trials - hits),
  }
}

/** Where a beta distribution passes the share `p`, by halving: 60 steps, to the last digits of a double. */
function betaQuantile(p: number, a: number, b: number): number {
  let low = 0
  let high = 1
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    if (incompleteBeta(a, b, middle) < p) low = middle
    else high = middle
  }
  return (low + high) / 2
}
