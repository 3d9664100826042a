import type { DataSet } from '../datasets/data-set.ts'
import { examplesOf, rowsWhere, type Table, tableOf } from '../datasets/table.ts'
import type { QueryArm } from '../features/query/index.ts'
import { type Examples, selectExamples } from '../learn/examples.ts'
import { stratifiedFolds } from '../learn/folds/grouped-folds.ts'
import { outOfFold } from '../learn/out-of-fold.ts'
import { encodePlan, FOLDS, fitOfPlan, type Plan } from '../learn/plan.ts'
import { rankScores } from '../metrics/ranked-scores.ts'
import { recallAtLimit } from '../metrics/recall-at-limit.ts'
import { areaUnderRoc } from '../metrics/roc.ts'
import { type Calibrator, fitIsotonic, fitPlatt } from '../models/calibrators.ts'
import type { ModelFile } from '../models/model-file.ts'
import type { Threshold } from '../models/model-header.ts'

/** False-positive rates that lines are drawn at. */
const LIMITS = [1e-2, 1e-3, 1e-4]

export const CALIBRATIONS = ['platt', 'isotonic', 'none'] as const
export type Calibration = (typeof CALIBRATIONS)[number]

/** A plan, and what of a data set it is for. */
export interface ModelPlan {
  readonly plan: Plan
  readonly arm: QueryArm
  readonly calibration: Calibration
  readonly seed: number
}

/** Nothing to train on: one sentence for an operator. */
export class TrainingError extends Error {
  override readonly name = 'TrainingError'
}

/** The table that a plan reads: texts only where it encodes them. */
export function planTable(set: DataSet, { plan, arm }: Pick<ModelPlan, 'plan' | 'arm'>): Table {
  return tableOf(set, { arm, texts: plan.preparations.some((name) => name.startsWith('encode-')) })
}

/** Rows that may train. */
export function trainingRows(table: Table): Int32Array {
  return rowsWhere(table, (row) => table.split[row] === 'train')
}

/**
 * Trains what the plan says on the rows that may train. Calibration, lines and the metrics in the file come from margins
 * of rows held out by group, five folds; the model itself from all rows. Throws a {@link TrainingError} where a class is
 * missing.
 */
export function trainModel(set: DataSet, how: ModelPlan, manifestHash: string): ModelFile {
  const table = planTable(set, how)
  const examples = selectExamples(examplesOf(table), demandBoth(table, trainingRows(table)))
  return { ...fitExamples(examples, table, how), features: table.features, manifestHash }
}

/** Everything in the file that follows from the rows. */
export function fitExamples(
  examples: Examples,
  { categories }: Pick<Table, 'categories'>,
  { plan, arm, calibration, seed }: ModelPlan,
): Omit<ModelFile, 'features' | 'manifestHash'> {
  const fit = fitOfPlan(plan, categories, seed)
  const folds = stratifiedFolds(examples.groups, examples.y, FOLDS, seed)
  const margins = outOfFold(examples, fit, folds, seed)
  const ranked = rankScores(margins, examples.y)
  const calibrator = calibratorOf(calibration, margins, examples.y)
  return {
    model: fit(examples, seed),
    ...(calibrator ? { calibrator } : {}),
    thresholds: LIMITS.map((limit): Threshold => {
      const { threshold, falsePositiveRate, negatives } = recallAtLimit(ranked, limit)
      // Above every score there is: a line that none passed.
      const value = Number.isFinite(threshold) ? threshold : Math.max(...ranked.thresholds.subarray(0, 1)) + 1
      return {
        name: `fpr ${limit}`,
        value,
        falseAlarmRate: falsePositiveRate,
        basis: `${negatives} benign rows held out`,
      }
    }),
    seed,
    plan: encodePlan(plan),
    metrics: {
      rows: examples.y.length,
      attackRows: ranked.positives,
      heldOutRocAuc: areaUnderRoc(ranked),
      ...Object.fromEntries(LIMITS.map((limit) => [`heldOutRecallAtFpr${limit}`, recallAtLimit(ranked, limit).recall])),
      namesArm: arm === 'names' ? 1 : 0,
    },
  }
}

function calibratorOf(how: Calibration, margins: Float64Array, y: Float64Array): Calibrator | undefined {
  if (how === 'none') return undefined
  return how === 'platt' ? fitPlatt(margins, y) : fitIsotonic(margins, y)
}

function demandBoth({ y }: Table, rows: Int32Array): Int32Array {
  const attacks = rows.reduce((sum, row) => sum + y[row], 0)
  if (attacks > 0 && attacks < rows.length) return rows
  throw new TrainingError(
    `Of the rows with split=train ${attacks} of ${rows.length} are attack, and training needs both kinds: name more files, or a manifest whose split column says train.`,
  )
}
