/** A single exchange moves the test by at most this: no one name, however odd, can raise an alert (papers 5.5). */
const CLIP = 3
/** Drift per exchange; at least ln(1 + e^-3), so that the clipped increment keeps its false-alarm bound. */
const DRIFT = 0.05
/** An exchange whose answer was not seen is judged by its name alone and moves the answers arm less. */
const CLIP_UNANSWERED = 2

/**
 * One step of the CUSUM test (Page 1954) over log-likelihood ratios, for novel exchanges only: repeats of one name are
 * one piece of evidence. Returns the new sum.
 *
 * Mean time between false alarms is at least e^limit novel exchanges where these are independent. Inside one benign
 * domain they are not (a CDN is random-looking each time), which is why look-up services are judged apart.
 */
export function sequentialStep(sum: number, logLikelihoodRatio: number, answered: boolean): number {
  const clip = answered ? CLIP : CLIP_UNANSWERED
  const step = Math.min(clip, Math.max(-CLIP, logLikelihoodRatio)) - DRIFT
  return Math.max(0, sum + step)
}

/** One exchange's clipped evidence, for sums that never fall back to zero. */
export function clippedStep(logLikelihoodRatio: number, answered: boolean): number {
  return Math.min(answered ? CLIP : CLIP_UNANSWERED, Math.max(-CLIP, logLikelihoodRatio))
}
