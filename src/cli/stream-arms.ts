import { basename } from 'node:path'
import type { Table } from '../datasets/table.ts'
import { OnColumns } from '../evaluate/prequential/arms/on-columns.ts'
import {
  baselineEntries,
  type DynamicLearner,
  dynamicEntries,
  frozenEntries,
  staticEntries,
} from '../evaluate/prequential/line-up.ts'
import type { Entry } from '../evaluate/prequential/prequential.ts'
import { lined, type WarmUp } from '../evaluate/prequential/warm-up.ts'
import { createExamples } from '../learn/examples.ts'
import { fitOfPlan } from '../learn/plan.ts'
import { selectColumns } from '../learn/preparation/prepare.ts'
import { isScorer, type Scorer } from '../models/model.ts'
import type { ModelFile } from '../models/model-file.ts'
import { createLearner } from '../models/online/index.ts'
import { EXIT, ExitError } from './exit.ts'
import { LEARNERS, type PlanOptions, planOf } from './plan-options.ts'
import type { StreamOptions } from './stream-options.ts'

/** A static model before its line is drawn: read from a file, or to be trained by name. */
export type StaticModel = { readonly name: string; readonly file: ModelFile } | { readonly name: string }

/** Everybody who judges the stream: baselines, static models, learners. */
export function streamEntries(
  table: Table,
  warmUp: WarmUp,
  statics: readonly StaticModel[],
  options: StreamOptions & PlanOptions,
): Entry[] {
  const { dynamic = [], labelBudget, upperBound = false, alertBudget, seed } = options
  const staticOptions = { seed, ...(alertBudget === undefined ? {} : { alertShare: alertBudget }) }
  // Codes of texts are numbers without an order: those who learn row by row do not see them.
  const numeric = table.matrix.names.filter((name) => !table.categories.includes(name))
  const learners = dynamic.map((name): DynamicLearner => ({ name, make: () => createLearner(name, numeric, seed) }))
  const reading = (names: readonly string[], who: string, make: (own: WarmUp) => Entry[]): Entry[] => {
    const columns = columnsOf(table, names, who)
    const own = { ...warmUp, matrix: selectColumns(warmUp.matrix, columns) }
    return make(own).map((entry) => ({ ...entry, arm: new OnColumns(entry.arm, columns) }))
  }
  return [
    ...baselineEntries(warmUp),
    ...statics.flatMap((one) => {
      if ('file' in one) {
        const model = scorerOf(one.name, one.file)
        const name = basename(one.name)
        return reading(model.featureNames, one.name, (own) =>
          staticEntries(name, lined(model, own), own, staticOptions),
        )
      }
      const model = trained(one.name, table, warmUp, options)
      return staticEntries(`${one.name}, frozen`, lined(model, warmUp), warmUp, staticOptions)
    }),
    ...(statics.length > 0 ? [] : learners).flatMap((learner) =>
      reading(numeric, learner.name, (own) => frozenEntries(learner, own, staticOptions)),
    ),
    ...learners.flatMap((learner) =>
      reading(numeric, learner.name, (own) => dynamicEntries(learner, own, { labelBudget, upperBound })),
    ),
  ]
}

/** Whether a word of `--static` names a model to train; otherwise it is a file. */
export function isLearnerName(word: string): boolean {
  return LEARNERS.includes(word)
}

function scorerOf(path: string, { model }: ModelFile): Scorer {
  if (isScorer(model)) return model
  throw new ExitError(
    EXIT.configuration,
    `${path} holds a ${model.kind}, which scores no rows: name another model file.`,
  )
}

function columnsOf(table: Table, names: readonly string[], who: string): Int32Array {
  return Int32Array.from(names, (name) => {
    const column = table.matrix.names.indexOf(name)
    if (column >= 0) return column
    throw new ExitError(
      EXIT.configuration,
      `${who} reads ${name}, which the rows of this stream do not have: take rows of the kind it was trained on.`,
    )
  })
}

function trained(name: string, table: Table, { matrix, y }: WarmUp, options: PlanOptions): Scorer {
  const positives = y.reduce((sum, target) => sum + target, 0)
  if (positives === 0 || positives === y.length) {
    throw new ExitError(
      EXIT.nothingRead,
      `Of ${y.length} rows of the warm-up ${positives} are attack, and ${name} needs both kinds to be trained: take a longer --warmup, or --order shuffled.`,
    )
  }
  return fitOfPlan(planOf(name, options), table.categories, options.seed)(createExamples(matrix, y), options.seed)
}
