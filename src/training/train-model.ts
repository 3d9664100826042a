import type { DataSet } from '../datasets/data-set.ts'
import { examplesOf, rowsWhere, type Table, tableOf } from '../datasets/table.ts'
import { countPositives, type Examples, selectExamples } from '../learn/examples.ts'
import type { PassWatcher } from '../learn/fit.ts'
import { trainingFolds } from '../learn/folds/training-folds.ts'
import { outOfFold } from '../learn/out-of-fold.ts'
import { FOLDS, fitOfPlan } from '../learn/plan.ts'
import { type RankedScores, rankScores } from '../metrics/ranked-scores.ts'
import { recallAtLimit } from '../metrics/recall-at-limit.ts'
import { areaUnderRoc } from '../metrics/roc.ts'
import { type Calibrator, fitIsotonic, fitPlatt } from '../models/calibrators.ts'
import type { Scorer } from '../models/model.ts'
import type { ModelFile } from '../models/model-file.ts'
import type { Threshold } from '../models/model-header.ts'
import { type Calibration, encodePlan, type ModelPlan } from './model-plan.ts'
import { TrainingError } from './training-error.ts'

/** False-positive rates that lines are drawn at. */
const LIMITS = [1e-2, 1e-3, 1e-4]

/** The table that a plan reads: texts only where it encodes them. */
export function planTable(set: DataSet, { data, plan }: Pick<ModelPlan, 'data' | 'plan'>): Table {
  return tableOf(set, { arm: data.arm, texts: plan.preparations.some((name) => name.startsWith('encode-')) })
}

/** The rows that may train, as examples. Throws a {@link TrainingError} where a class is missing. */
export function trainingExamples(table: Table): Examples {
  const rows = rowsWhere(table, (row) => table.split[row] === 'train')
  const examples = examplesOf(table)
  const attacks = countPositives(examples.y, rows)
  if (attacks > 0 && attacks < rows.length) return selectExamples(examples, rows)
  throw new TrainingError(
    `Of the rows with split=train ${attacks} of ${rows.length} are attack, and training needs both kinds: name more files, or a manifest whose split column says train.`,
  )
}

/**
 * Trains what the plan says on the rows that may train. Calibration, lines and the metrics in the file come from margins
 * of rows held out by group, five folds; the model itself from all rows. Throws a {@link TrainingError} where a class is
 * missing, and a `SplitError` where there are too few groups to hold any out.
 */
export function trainModel(
  set: DataSet,
  how: ModelPlan,
  seed: number,
  manifestHash: string,
  onPass?: PassWatcher,
): ModelFile {
  const table = planTable(set, how)
  return { ...fitExamples(trainingExamples(table), table, how, seed, onPass), features: table.features, manifestHash }
}

/** Everything in the file that follows from the rows. */
export function fitExamples(
  examples: Examples,
  { categories }: Pick<Table, 'categories'>,
  how: ModelPlan,
  seed: number,
  onPass?: PassWatcher,
): Omit<ModelFile, 'features' | 'manifestHash' | 'model'> & { readonly model: Scorer } {
  const fit = fitOfPlan(how.plan, categories, seed, onPass)
  const margins = outOfFold(examples, fit, trainingFolds(examples, FOLDS, seed), seed)
  const ranked = rankScores(margins, examples.y)
  const calibrator = calibratorOf(how.calibration, margins, examples.y)
  return {
    model: fit(examples, seed),
    ...(calibrator ? { calibrator } : {}),
    thresholds: LIMITS.map((limit) => lineAt(ranked, limit)),
    seed,
    plan: encodePlan(how),
    metrics: {
      rows: examples.y.length,
      attackRows: ranked.positives,
      heldOutRocAuc: areaUnderRoc(ranked),
      ...Object.fromEntries(LIMITS.map((limit) => [`heldOutRecallAtFpr${limit}`, recallAtLimit(ranked, limit).recall])),
    },
  }
}

function lineAt(ranked: RankedScores, limit: number): Threshold {
  const { threshold, falsePositiveRate, negatives } = recallAtLimit(ranked, limit)
  return {
    name: `fpr ${limit}`,
    // Where no score keeps to the limit: a line above them all, since a file holds no infinity.
    value: Number.isFinite(threshold) ? threshold : ranked.thresholds[0] + 1,
    falseAlarmRate: falsePositiveRate,
    basis: `${negatives} benign rows held out`,
  }
}

function calibratorOf(how: Calibration, margins: Float64Array, y: Float64Array): Calibrator | undefined {
  if (how === 'none') return undefined
  return how === 'platt' ? fitPlatt(margins, y) : fitIsotonic(margins, y)
}
