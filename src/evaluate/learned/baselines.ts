import type { DataSet } from '../../datasets/data-set.ts'
import { isFlagged, reportColumn } from '../../datasets/inspect/column-report.ts'
import { countPositives, type Examples } from '../../learn/examples.ts'
import { duplicateGroups } from '../../learn/folds/group-keys.ts'
import { confusionOf, confusionRates } from '../../metrics/confusion.ts'
import type { BaselineResult } from './judged.ts'

/** Name of the rule that no model of these features can pass. */
export const CEILING = 'lookup ceiling of these rows'

/** What a rule says of a row. */
type Rule = (row: number) => boolean

/**
 * The bar on the same rows: the commoner class, the threshold of one feature that is right most often on the training
 * rows, background noise where the rows show it, and the lookup ceiling: answering every distinct row of these very rows
 * by its most frequent target, which no model of these features can pass here.
 */
export function baselines(
  on: string,
  examples: Examples,
  train: Int32Array,
  test: Int32Array,
  noise: DataSet['noise'] | undefined,
): BaselineResult[] {
  const { y } = examples
  const attackIsMost = countPositives(y, train) * 2 >= train.length
  const rules: [string, Rule][] = []
  if (train.length > 0) rules.push([`majority: all ${attackIsMost ? 'attack' : 'benign'}`, () => attackIsMost])
  const one = train.length > 0 && oneRule(examples, train)
  if (one) rules.push(one)
  if (noise?.includes(1)) rules.push(['reverse look-up, single label or .local', (row) => noise[row] === 1])
  rules.push([CEILING, lookupOf(examples, test)])
  return rules.map(([name, rule]) => {
    const confusion = confusionOf(y, rule, test)
    return { name, on, ...confusion, ...confusionRates(confusion) }
  })
}

/** The best threshold of any one feature on the training rows; undefined where none beats flagging nothing. */
function oneRule({ matrix, y }: Examples, train: Int32Array): [string, Rule] | undefined {
  const targets = Uint8Array.from(train, (row) => y[row])
  const valueAt = (row: number, column: number) => matrix.values[row * matrix.columns + column]
  const reports = matrix.names.map((name, column) => {
    const values = Float64Array.from(train, (row) => valueAt(row, column))
    return { column, ...reportColumn(name, '', values, targets) }
  })
  const { column, best, line } = reports.sort((a, b) => b.best.accuracy - a.best.accuracy)[0]
  return line && [`one rule: ${best.rule}`, (row) => isFlagged(line, valueAt(row, column))]
}

function lookupOf({ matrix, y }: Examples, rows: Int32Array): Rule {
  const keys = duplicateGroups(matrix)
  const balance = new Map<number, number>()
  for (const row of rows) balance.set(keys[row], (balance.get(keys[row]) ?? 0) + (y[row] === 1 ? 1 : -1))
  return (row) => balance.get(keys[row])! >= 0
}
