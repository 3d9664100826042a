import type { DataKind, DataSet } from '../datasets/data-set.ts'
import { oneLanguage } from '../datasets/each-exchange.ts'
import { labelledInputs } from '../datasets/labelled-inputs.ts'
import { kindOf, loadDataSets } from '../datasets/load-data-sets.ts'
import { ManifestError, type ManifestRow } from '../datasets/manifest.ts'
import type { ProfileName } from '../datasets/row-profile.ts'
import { loadDetectionModel } from '../detect/load-detection-model.ts'
import { SplitError } from '../learn/folds/split.ts'
import { PlanError } from '../learn/plan-error.ts'
import { TrainingError } from '../training/training-error.ts'
import { EXIT, ExitError } from './exit.ts'
import { say } from './say.ts'
import { showStep, wipeStep } from './step.ts'

/** What verbs that learn read: manifests, or tables with labels. */
export interface LabelledOptions {
  readonly profile: ProfileName
  /** Where packets are wanted: captures are exchanges otherwise. */
  readonly kind?: DataKind | undefined
  /** Model folder whose language model reads names; the one that ships if absent. */
  readonly folder?: string
}

/** Labelled inputs as tables, and the files they came from. */
export interface LabelledData {
  readonly rows: readonly ManifestRow[]
  readonly sets: readonly DataSet[]
}

/** Loads labelled inputs with a line of progress; what no table is made of is named. */
export async function loadLabelled(
  inputs: readonly string[],
  { profile, folder, kind }: LabelledOptions,
): Promise<LabelledData> {
  const { language, thresholds } = loadDetectionModel(folder)
  const all = await labelledInputs(inputs)
  const rows = all.filter((row) => kindOf(row, kind) !== undefined)
  if (rows.length < all.length) {
    const others = all.filter((row) => kindOf(row, kind) === undefined)
    say(`Left out, as no table is made of them: ${others.map(({ file }) => file).join(', ')}.`)
  }
  const sets = await loadDataSets(rows, {
    ...{ profile, kind },
    languages: oneLanguage(language),
    thresholds,
    onFile: showStep,
  })
  if (sets.length === 0) throw new ManifestError(`${inputs.join(', ')} names no files that rows are made of.`)
  return { rows, sets }
}

/** The tables of one kind: the one asked for, or the only one there is. */
export function oneSet(sets: readonly DataSet[], kind: DataKind | undefined): DataSet {
  const found = kind === undefined && sets.length === 1 ? sets[0] : sets.find((set) => set.kind === kind)
  if (found) return found
  const kinds = sets.map((set) => set.kind).join(', ')
  throw new ManifestError(
    kind === undefined
      ? `The inputs hold several kinds of rows (${kinds}): choose one with --kind.`
      : `The inputs hold no rows of the kind "${kind}", only ${kinds}.`,
  )
}

/** Does work on labelled data; what is wrong with the data is one sentence, and no progress is left on the terminal. */
export async function withLabelled<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof ManifestError || error instanceof TrainingError || error instanceof SplitError) {
      throw new ExitError(EXIT.nothingRead, error.message, { cause: error })
    }
    if (error instanceof PlanError) throw new ExitError(EXIT.usage, error.message, { cause: error })
    throw error
  } finally {
    wipeStep()
  }
}
