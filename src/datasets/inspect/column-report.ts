import { type RuleResult, ruleResult } from './rule-result.ts'

/** What one column says about the label by itself. */
export interface ColumnReport {
  readonly name: string
  readonly unit: string
  readonly missing: number
  readonly constant: boolean
  /** Chance that a random attack row holds more than a random benign one, ties half; NaN where a class has no value. */
  readonly auc: number
  /** The threshold with the highest accuracy, in either direction; missing values are never flagged. */
  readonly best: RuleResult
}

/**
 * Judges a column by both classes' sorted values: one merge finds the area under the ROC curve (Mann and Whitney's U) and
 * the best threshold. A threshold is a value that occurs; the first of equally good ones is taken.
 */
export function reportColumn(name: string, unit: string, values: ArrayLike<number>, y: Uint8Array): ColumnReport {
  const attack = sortedOf(values, y, 1)
  const benign = sortedOf(values, y, 0)
  const positives = y.reduce((sum, label) => sum + label, 0)
  const negatives = y.length - positives
  const best = { rule: 'never', tp: 0, fp: 0, right: negatives }
  const offer = (rule: () => string, tp: number, fp: number) => {
    const right = tp + negatives - fp
    if (right > best.right) Object.assign(best, { rule: rule(), tp, fp, right })
  }
  let wins = 0
  let a = 0
  let b = 0
  while (a < attack.length || b < benign.length) {
    const at = Math.min(a < attack.length ? attack[a] : Infinity, b < benign.length ? benign[b] : Infinity)
    const firstA = a
    const firstB = b
    while (a < attack.length && attack[a] === at) a++
    while (b < benign.length && benign[b] === at) b++
    wins += (a - firstA) * (firstB + (b - firstB) / 2)
    offer(() => `${name} > ${shown(at)}`, attack.length - a, benign.length - b)
    offer(() => `${name} <= ${shown(at)}`, a, b)
  }
  const lows = [attack, benign].filter((sorted) => sorted.length > 0)
  return {
    ...{ name, unit },
    missing: y.length - attack.length - benign.length,
    constant: lows.every((sorted) => sorted[0] === lows[0][0] && sorted[sorted.length - 1] === lows[0][0]),
    auc: attack.length * benign.length === 0 ? Number.NaN : wins / (attack.length * benign.length),
    best: ruleResult(best.rule, best.tp, best.fp, positives, negatives),
  }
}

function sortedOf(values: ArrayLike<number>, y: Uint8Array, label: number): Float64Array {
  const kept = new Float64Array(y.length)
  let count = 0
  for (let row = 0; row < y.length; row++) {
    if (y[row] === label && !Number.isNaN(values[row])) kept[count++] = values[row]
  }
  return kept.slice(0, count).sort()
}

function shown(value: number): string {
  return String(Number(value.toPrecision(6)))
}
