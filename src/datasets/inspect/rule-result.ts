import { type Confusion, type ConfusionRates, confusionOf, confusionRates } from '../../metrics/confusion.ts'

/** What a rule does on all rows, as counts and as the rates they make; NaN where there is nothing to divide by. */
export interface RuleResult extends Confusion, ConfusionRates {
  readonly rule: string
}

/** The result of a rule with these counts. */
export function ruleResult(rule: string, confusion: Confusion): RuleResult {
  return { rule, ...confusion, ...confusionRates(confusion) }
}

/** The result of flagging rows for which `flags` holds. */
export function ruleOnRows(rule: string, y: Uint8Array, flags: (row: number) => boolean): RuleResult {
  return ruleResult(rule, confusionOf(y, flags))
}
