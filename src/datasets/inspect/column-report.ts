import { type RankedScores, rankScores } from '../../metrics/ranked-scores.ts'
import { areaUnderRoc } from '../../metrics/roc.ts'
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
  /** The threshold itself; undefined where flagging nothing is right as often. */
  readonly line: Line | undefined
}

/** A threshold on one column: flags what lies above it, or else what does not. */
export interface Line {
  readonly above: boolean
  readonly value: number
}

/** Whether a line flags a value; a missing one never. */
export function isFlagged({ above, value: line }: Line, value: number): boolean {
  return above ? value > line : value <= line
}

/**
 * Judges a column by its values ranked once: the area under the ROC curve, and the best threshold. A threshold is a value
 * that occurs; the lowest of equally good ones is taken.
 */
export function reportColumn(name: string, unit: string, values: ArrayLike<number>, y: Uint8Array): ColumnReport {
  const known = Array.from(y.keys()).filter((row) => !Number.isNaN(values[row]))
  const positives = y.reduce((sum, label) => sum + label, 0)
  const negatives = y.length - positives
  const ranked =
    known.length === 0
      ? undefined
      : rankScores(
          Float64Array.from(known, (row) => values[row]),
          Uint8Array.from(known, (row) => y[row]),
        )
  const { line, tp, fp } = bestLine(ranked)
  const confusion = {
    ...{ truePositives: tp, falsePositives: fp },
    ...{ trueNegatives: negatives - fp, falseNegatives: positives - tp },
  }
  const rule = line === undefined ? 'never' : `${name} ${line.above ? '>' : '<='} ${shown(line.value)}`
  return {
    ...{ name, unit },
    missing: y.length - known.length,
    constant: (ranked?.thresholds.length ?? 0) < 2,
    auc: ranked === undefined ? Number.NaN : areaUnderRoc(ranked),
    best: ruleResult(rule, confusion),
    line,
  }
}

/** The line that is right most often among known values, and what it flags. */
function bestLine(ranked: RankedScores | undefined): { line: Line | undefined; tp: number; fp: number } {
  const best: { line: Line | undefined; tp: number; fp: number } = { line: undefined, tp: 0, fp: 0 }
  if (ranked === undefined) return best
  const { thresholds, truePositives, falsePositives, positives, negatives } = ranked
  // Right beyond what flagging nothing is right about.
  const offer = (above: boolean, cut: number, tp: number, fp: number) => {
    if (tp - fp > best.tp - best.fp) Object.assign(best, { line: { above, value: thresholds[cut] }, tp, fp })
  }
  for (let cut = thresholds.length - 1; cut >= 0; cut--) {
    const tpAbove = cut === 0 ? 0 : truePositives[cut - 1]
    const fpAbove = cut === 0 ? 0 : falsePositives[cut - 1]
    offer(true, cut, tpAbove, fpAbove)
    offer(false, cut, positives - tpAbove, negatives - fpAbove)
  }
  return best
}

function shown(value: number): string {
  return String(Number(value.toPrecision(6)))
}
