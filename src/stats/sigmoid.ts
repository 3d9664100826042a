/**
 * Log-odds to probability, without overflow: large arguments give exactly 0 or 1.
 *
 * @example
 * sigmoid(2) // 0.8807970779778823
 */
export function sigmoid(logOdds: number): number {
  if (logOdds >= 0) return 1 / (1 + Math.exp(-logOdds))
  const e = Math.exp(logOdds)
  return e / (1 + e)
}

/**
 * Probability to log-odds, in nats. Infinite at 0 and 1: whoever needs a finite value bounds the probability first.
 *
 * @example
 * logit(0.75) // 1.0986122886681098, the logarithm of 3 to 1
 */
export function logit(probability: number): number {
  return Math.log(probability) - Math.log1p(-probability)
}

/**
 * log(1 + e^x) without overflow: the logistic loss of a row whose margin misses by `x`.
 *
 * @example
 * softplus(0) // 0.6931471805599453
 */
export function softplus(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x))
}
