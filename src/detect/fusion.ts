import { sigmoid } from '../stats/sigmoid.ts'
import type { FusionWeights } from './detection-model.ts'

/** A ratio far past its line says no more than this: the score ranks alerts, it does not grow with a flood. */
export const RATIO_MAX = 4

/** The fused score and what each ratio added to it, in log-odds. */
export interface Fused {
  score: number
  contributions: number[]
  /** What each side detector added. */
  sides: number[]
}

/** What a side detector reads, by its name. */
export interface NamedRatio {
  readonly name: string
  readonly ratio: number
}

/**
 * L5: sigmoid(base + sum of weight x ratio) with weights of zero or more, so that more evidence never lowers a score
 * (DESIGN.md 4). Ratios are those of account, downlink, sequential-answers and sequential-names to their lines; side detectors come
 * behind them by name.
 *
 * @example
 * fuse({ base: -2, weights: [1, 0, 0, 0] }, [2, 0, 0, 0]).score // 0.5
 */
export function fuse(fusion: FusionWeights, ratios: readonly number[], beside: readonly NamedRatio[] = []): Fused {
  const contributions = ratios.map((ratio, i) => fusion.weights[i] * Math.min(RATIO_MAX, ratio))
  const sides = beside.map(({ name, ratio }) => (fusion.sides?.[name] ?? 0) * Math.min(RATIO_MAX, ratio))
  const logOdds = [...contributions, ...sides].reduce((sum, contribution) => sum + contribution, fusion.base)
  return { score: sigmoid(logOdds), contributions, sides }
}
