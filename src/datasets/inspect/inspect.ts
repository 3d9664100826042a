import type { DataSet } from '../data-set.ts'
import { type ColumnReport, reportColumn } from './column-report.ts'
import { groupRows } from './group-rows.ts'
import { groupSizes } from './group-sizes.ts'
import type { Inspection } from './inspection.ts'
import { lookup } from './lookup.ts'
import { type RuleResult, ruleOnRows } from './rule-result.ts'
import { warningsOf } from './warnings.ts'

/** Groups shown of each kind. */
const GROUPS_SHOWN = 8

/** Inspects a table; costs a sort of every column. */
export function inspect(set: DataSet): Inspection {
  const { matrix, y } = set
  const attackRows = y.reduce((sum, label) => sum + label, 0)
  const features = set.features.map(({ name, unit }, column) => reportColumn(name, unit, columnOf(set, column), y))
  const found: Omit<Inspection, 'warnings'> = {
    kind: set.kind,
    rows: matrix.rows,
    attackRows,
    benignRows: matrix.rows - attackRows,
    malformed: set.malformed,
    duplicates: matrix.rows - groupRows(set, { texts: true, time: true, label: true }).keys,
    duplicatesIgnoringTime: matrix.rows - groupRows(set, { texts: true, time: false, label: true }).keys,
    ceiling: lookup(set, true),
    ceilingOfNumbers: lookup(set, false),
    baselines: baselinesOf(set, features, attackRows),
    features,
    leaks: [
      reportColumn('row order', 'rows', Float64Array.from(y.keys()), y),
      reportColumn('time', 'ms', set.timeMs, y),
      reportColumn('capitals of the name', 'octets', set.capitals, y),
    ],
    groups: groupSizes(set.group, y, GROUPS_SHOWN),
    networks: groupSizes(set.network, y, GROUPS_SHOWN),
    tools: groupSizes(set.tool, y, GROUPS_SHOWN),
    splits: groupSizes(set.split, y, GROUPS_SHOWN),
  }
  return { ...found, warnings: warningsOf(found) }
}

function columnOf({ matrix }: DataSet, column: number): Float64Array {
  const values = new Float64Array(matrix.rows)
  for (let row = 0; row < matrix.rows; row++) values[row] = matrix.values[row * matrix.columns + column]
  return values
}

/** The larger class, background noise where names or columns show it, and the best threshold of any one feature. */
function baselinesOf({ y, noise }: DataSet, features: readonly ColumnReport[], attackRows: number): RuleResult[] {
  const attackIsMost = attackRows * 2 >= y.length
  const majority = ruleOnRows(attackIsMost ? 'all attack' : 'all benign', y, () => attackIsMost)
  const noisy = noise.includes(1)
    ? [ruleOnRows('reverse look-up, single label or .local', y, (row) => noise[row] === 1)]
    : []
  const oneRule = features.map(({ best }) => best).sort((a, b) => b.accuracy - a.accuracy)[0]
  return [majority, ...noisy, ...(oneRule ? [oneRule] : [])]
}
