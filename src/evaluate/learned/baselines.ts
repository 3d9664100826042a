import type { DataSet } from '../../datasets/data-set.ts'
import { reportColumn } from '../../datasets/inspect/column-report.ts'
import type { Examples } from '../../learn/examples.ts'
import { confusionRates } from '../../metrics/confusion.ts'
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
  const attacks = train.reduce((sum, row) => sum + y[row], 0)
  const attackIsMost = attacks * 2 >= train.length
  const rules: [string, Rule][] = [[attackIsMost ? 'majority: all attack' : 'majority: all benign', () => attackIsMost]]
  const one = oneRule(examples, train)
  if (one) rules.push(one)
  if (noise?.includes(1)) rules.push(['reverse look-up, single label or .local', (row) => noise[row] === 1])
  rules.push([CEILING, lookupOf(examples, test)])
  return rules.map(([name, rule]) => ({ name, on, ...measured(rule, y, test) }))
}

function measured(rule: Rule, y: Float64Array, rows: Int32Array): Omit<BaselineResult, 'name' | 'on'> {
  const confusion = { truePositives: 0, falsePositives: 0, trueNegatives: 0, falseNegatives: 0 }
  for (const row of rows) {
    if (rule(row)) confusion[y[row] === 1 ? 'truePositives' : 'falsePositives']++
    else confusion[y[row] === 1 ? 'falseNegatives' : 'trueNegatives']++
  }
  return { ...confusion, ...confusionRates(confusion) }
}

/** The best threshold of any one feature on the training rows. */
function oneRule({ matrix, y }: Examples, train: Int32Array): [string, Rule] | undefined {
  const targets = Uint8Array.from(train, (row) => y[row])
  const reports = matrix.names.map((name, column) => {
    const values = Float64Array.from(train, (row) => matrix.values[row * matrix.columns + column])
    return { column, best: reportColumn(name, '', values, targets).best }
  })
  const { column, best } = reports.sort((a, b) => b.best.accuracy - a.best.accuracy)[0]
  const [, sign, line] = /(>|<=) (\S+)$/.exec(best.rule) ?? []
  if (line === undefined) return undefined
  const value = (row: number) => matrix.values[row * matrix.columns + column]
  return [
    `one rule: ${best.rule}`,
    sign === '>' ? (row) => value(row) > Number(line) : (row) => value(row) <= Number(line),
  ]
}

function lookupOf({ matrix, y }: Examples, rows: Int32Array): Rule {
  const { values, columns } = matrix
  const keyOf = (row: number) =>
    Buffer.from(values.buffer, values.byteOffset + 8 * row * columns, 8 * columns).toString('latin1')
  const balance = new Map<string, number>()
  for (const row of rows) balance.set(keyOf(row), (balance.get(keyOf(row)) ?? 0) + (y[row] === 1 ? 1 : -1))
  return (row) => balance.get(keyOf(row))! >= 0
}
