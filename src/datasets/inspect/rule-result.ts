/** What a rule does on all rows, as counts and as the rates they make; NaN where there is nothing to divide by. */
export interface RuleResult {
  readonly rule: string
  readonly truePositives: number
  readonly falsePositives: number
  readonly falseNegatives: number
  readonly trueNegatives: number
  readonly accuracy: number
  readonly precision: number
  readonly recall: number
  readonly f1: number
  readonly falsePositiveRate: number
}

/** The result of a rule that flags `tp` of `positives` and `fp` of `negatives`. */
export function ruleResult(rule: string, tp: number, fp: number, positives: number, negatives: number): RuleResult {
  return {
    rule,
    truePositives: tp,
    falsePositives: fp,
    falseNegatives: positives - tp,
    trueNegatives: negatives - fp,
    accuracy: (tp + negatives - fp) / (positives + negatives),
    precision: tp / (tp + fp),
    recall: tp / positives,
    f1: (2 * tp) / (2 * tp + fp + positives - tp),
    falsePositiveRate: fp / negatives,
  }
}

/** The result of flagging rows for which `flags` holds. */
export function ruleOnRows(rule: string, y: Uint8Array, flags: (row: number) => boolean): RuleResult {
  let positives = 0
  let tp = 0
  let fp = 0
  for (let row = 0; row < y.length; row++) {
    positives += y[row]
    if (!flags(row)) continue
    if (y[row] === 1) tp++
    else fp++
  }
  return ruleResult(rule, tp, fp, positives, y.length - positives)
}
