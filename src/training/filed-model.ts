import type { DataSet } from '../datasets/data-set.ts'
import type { Table } from '../datasets/table.ts'
import type { ComparedModel, FiledModel } from '../evaluate/learned/evaluate-learned.ts'
import { fitOfPlan } from '../learn/plan.ts'
import { PlanError } from '../learn/plan-error.ts'
import { demand, demandFeatures, isScorer, ModelFileError } from '../models/model.ts'
import type { ModelFile } from '../models/model-file.ts'
import { decodePlan, type ModelPlan } from './model-plan.ts'
import { fitExamples, planTable } from './train-model.ts'

/** The plan that a file keeps. Throws a `ModelFileError` where it keeps none, as the models that ship do. */
export function filedPlan({ plan }: ModelFile): ModelPlan {
  demand(!!plan, 'The model file keeps no plan to train again by; make one with wakeful train --model.')
  return decodePlan(plan)
}

/** A model of a file together with the table it reads and the way to train its plan again. */
export function filedModel(
  name: string,
  file: ModelFile,
  how: ModelPlan,
  set: DataSet,
  trainedHere: boolean,
): { filed: FiledModel; table: Table } {
  const { model, seed } = file
  demand(isScorer(model), `The model file holds a ${model.kind}, which scores no rows.`)
  const table = planTable(set, how)
  demandFeatures(model.featureNames, table.matrix.names)
  return {
    table,
    filed: {
      ...{ name, file: { ...file, model }, fit: fitOf(how, table, seed), trainedHere },
      train: (examples) => fitExamples(examples, table, how, seed),
      facts: [
        ['model', file.sha256 ?? ''],
        ['trained on', file.manifestHash],
        ['plan', file.plan ?? ''],
        ['seed', String(seed)],
      ],
    },
  }
}

/** A plan of a file names what it likes: what it names wrongly is the file's fault. */
function fitOf({ plan }: ModelPlan, { categories }: Table, seed: number): FiledModel['fit'] {
  try {
    return fitOfPlan(plan, categories, seed)
  } catch (error) {
    if (!(error instanceof PlanError)) throw error
    throw new ModelFileError(`The model file has a plan that cannot be followed. ${error.message}`, { cause: error })
  }
}

/** Plans to compare on one table, each with the name of its learner. */
export function comparedModels(plans: readonly ModelPlan[], table: Table, seed: number): ComparedModel[] {
  return plans.map((how) => ({
    name: how.plan.learner,
    fit: fitOfPlan(how.plan, table.categories, seed),
    train: (examples) => fitExamples(examples, table, how, seed),
  }))
}
