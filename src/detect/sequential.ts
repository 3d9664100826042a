/**
 * A single exchange moves the test by at most this much up (papers.md 5.5 says 3): a quarter of the answers arm's line
 * of 9 and a little more, so that four clear exchanges reach it and three stay 1.3 times below, however odd they are.
 */
const CLIP = 2.35
/** An exchange whose answer was not seen is judged by its name alone and takes a fifth. */
const CLIP_UNANSWERED = 2
/** One benign exchange takes at most this much off. */
const CLIP_DOWN = 3
/** Drift per exchange; at least ln(1 + e^-3), so that the clipped increment keeps its false-alarm bound. */
const DRIFT = 0.05

/**
 * One step of the CUSUM test (Page 1954) over log-likelihood ratios, for novel exchanges only: repeats of one name are
 * one piece of evidence. Returns the new sum.
 *
 * Mean time between false alarms is at least e^limit novel exchanges where these are independent. Inside one benign
 * domain they are not (a CDN is random-looking each time), which is why look-up services are judged apart.
 */
export function sequentialStep(sum: number, logLikelihoodRatio: number, answered: boolean): number {
  return Math.max(0, sum + clippedStep(logLikelihoodRatio, answered) - DRIFT)
}

/** One exchange's clipped evidence, for sums that never fall back to zero. */
export function clippedStep(logLikelihoodRatio: number, answered: boolean): number {
  return Math.min(answered ? CLIP : CLIP_UNANSWERED, Math.max(-CLIP_DOWN, logLikelihoodRatio))
}
