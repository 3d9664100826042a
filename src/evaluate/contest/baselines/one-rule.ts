import { windowFeatures } from '../../../features/window/index.ts'
import type { Score, Sighting } from '../sighting.ts'
import type { Baseline } from './baseline.ts'

/** Benign domains that may stand beyond the threshold while the rule is chosen: the top thousandth, at least one. */
const BENIGN_SHARE = 0.001

/**
 * The best single window feature, high or low: the one that finds most training tunnels while one in a thousand
 * training domains is named. Of equals the first. What it takes to beat is how little a detector must know.
 *
 * Source: Holte, Very simple classification rules perform well on most commonly used datasets, Machine Learning 11,
 * 1993; chosen by recall at a fixed number of false alarms, as everything here is judged by that.
 */
export const oneRule: Baseline = {
  name: 'one-rule',
  learns: 'tunnels',
  fit(training) {
    const rules = windowFeatures.flatMap((_, column) => [1, -1].map((sign) => ruleOf(column, sign)))
    const benign = training.filter(({ attack }) => !attack)
    const tunnels = training.filter(({ attack }) => attack)
    let best = rules[0]
    let most = -1
    for (const rule of rules) {
      const line = lineOf(benign, rule)
      const found = tunnels.filter((tunnel) => rule(tunnel) > line).length
      if (found > most) {
        best = rule
        most = found
      }
    }
    return best
  },
}

function ruleOf(column: number, sign: number): Score {
  return ({ window }) => sign * window[column]
}

function lineOf(benign: readonly Sighting[], rule: Score): number {
  const falling = benign
    .map(rule)
    .filter((score) => !Number.isNaN(score))
    .sort((a, b) => b - a)
  return falling[Math.max(1, Math.floor(falling.length * BENIGN_SHARE))] ?? Number.NEGATIVE_INFINITY
}
