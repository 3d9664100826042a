import type { DataSet } from '../datasets/data-set.ts'
import type { Table } from '../datasets/table.ts'
import type { ComparedModel, FiledModel } from '../evaluate/learned/evaluate-learned.ts'
import type { QueryArm } from '../features/query/index.ts'
import { decodePlan, fitOfPlan, type Plan } from '../learn/plan.ts'
import type { ModelFile } from '../models/model-file.ts'
import { fitExamples, type ModelPlan, planTable, TrainingError } from './train-model.ts'

/** A model of a file together with the table it reads and the way to train its plan again. */
export function filedModel(name: string, file: ModelFile, set: DataSet): { filed: FiledModel; table: Table } {
  if (!file.plan) {
    throw new TrainingError(`${name} keeps no plan to train again by; make it with wakeful train --model.`)
  }
  const plan = decodePlan(file.plan)
  const arm: QueryArm = file.metrics.namesArm === 1 ? 'names' : 'answers'
  const table = planTable(set, { plan, arm })
  const theirs = table.features.findIndex((feature, i) => feature.name !== file.features[i]?.name)
  if (theirs >= 0 || file.features.length !== table.features.length) {
    const at = Math.max(0, theirs)
    throw new TrainingError(
      `${name} was trained on other features: its feature ${at + 1} is ${file.features[at]?.name ?? 'nothing'}, and here it is ${table.features[at]?.name ?? 'nothing'}.`,
    )
  }
  const { seed } = file
  const calibration =
    file.calibrator === undefined ? 'none' : file.calibrator.kind === 'isotonic' ? 'isotonic' : 'platt'
  const how: ModelPlan = { plan, arm, calibration, seed }
  return {
    table,
    filed: {
      ...{ name, file, fit: fitOfPlan(plan, table.categories, seed) },
      train: (examples) => fitExamples(examples, table, how),
      facts: [
        ['model', file.sha256 ?? ''],
        ['trained on', file.manifestHash],
        ['plan', file.plan],
        ['seed', String(seed)],
      ],
    },
  }
}

/** Plans to compare, each with the name of its learner. */
export function comparedModels(plans: readonly Plan[], table: Table, seed: number): ComparedModel[] {
  return plans.map((plan) => ({
    name: plan.learner,
    fit: fitOfPlan(plan, table.categories, seed),
    train: (examples) => fitExamples(examples, table, { plan, arm: 'answers', calibration: 'platt', seed }),
  }))
}
