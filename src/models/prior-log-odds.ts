import { logit } from '../stats/sigmoid.ts'

/** Log-odds of the weighted positives, as if half a row of either class had been seen besides: where training begins. */
export function priorLogOdds(y: ArrayLike<number>, weights: ArrayLike<number>): number {
  let positive = 0.5
  let total = 1
  for (let i = 0; i < weights.length; i++) {
    positive += weights[i] * y[i]
    total += weights[i]
  }
  return logit(positive / total)
}
