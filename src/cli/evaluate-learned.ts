import { basename } from 'node:path'
import { trainingHash } from '../datasets/manifest-hash.ts'
import { compareModels, evaluateFile, SPLITS, type SplitName } from '../evaluate/learned/evaluate-learned.ts'
import type { LearnedEvaluation, LeftOutResult } from '../evaluate/learned/judged.ts'
import { learners } from '../learn/learners.ts'
import { named } from '../learn/plan.ts'
import { PlanError } from '../learn/plan-error.ts'
import type { Parameters } from '../learn/tuning/space.ts'
import { ofFile } from '../models/of-file.ts'
import { comparedModels, filedModel, filedPlan } from '../training/filed-model.ts'
import type { ModelPlan } from '../training/model-plan.ts'
import { planTable } from '../training/train-model.ts'
import { loadLabelled, oneSet, withLabelled } from './labelled-data.ts'
import { type PlanOptions, planOf } from './plan-options.ts'
import { readModel } from './read-model.ts'
import { showStep } from './step.ts'

/** What `--unit` stands for: kinds of rows, and the models that are compared where none are named. */
export const UNITS = {
  query: { kind: 'queries', models: ['boosting', 'forest', 'logistic'] },
  packet: { kind: 'packets', models: ['dense', 'autoencoder'] },
  flow: { kind: 'flows', models: ['boosting', 'forest', 'logistic'] },
  talk: { kind: 'letters', models: ['markov'] },
} as const
export type UnitName = keyof typeof UNITS

/** How learned models are judged: one from a file, or several that are trained here. */
export interface LearnedOptions extends PlanOptions {
  readonly manifest: readonly string[]
  readonly leaveOut?: LeftOutResult['what']
  readonly splitBy?: SplitName
  /** Of what traffic the rows are, where models are to be trained without each tool and network too. */
  readonly unit?: UnitName
}

/** A model file on the rows of manifests that did not train it; which rows and features it reads, the file says. */
export async function evaluateModelFile(path: string, options: LearnedOptions): Promise<LearnedEvaluation> {
  const file = readModel(path)
  const how = ofFile(path, () => filedPlan(file))
  return await withLabelled(async () => {
    const { rows, sets } = await loadLabelled(options.manifest, how.data)
    const set = oneSet(sets, how.data.kind)
    const trainedHere = trainingHash(rows, set.kind) === file.manifestHash
    const { filed, table } = ofFile(path, () => filedModel(basename(path), file, how, set, trainedHere))
    const leaveOut = options.leaveOut === undefined ? (['tool', 'network'] as const) : [options.leaveOut]
    return evaluateFile(filed, { set, table, seed: file.seed, onProgress: showStep }, leaveOut)
  })
}

/** Models by name, trained and judged on splits made here: for tables that have none. */
export async function compareLearners(names: readonly string[], options: LearnedOptions): Promise<LearnedEvaluation> {
  const { seed, arm, profile, splitBy } = options
  return await withLabelled(async () => {
    demandHeard(names, options.set)
    const set = oneSet((await loadLabelled(options.manifest, options)).sets, options.kind)
    const plans = names.map((name): ModelPlan => {
      const plan = planOf(name, { ...options, set: ownParameters(name, options.set) })
      return { plan, data: { kind: set.kind, profile, arm }, calibration: 'platt' }
    })
    const table = planTable(set, plans[0])
    const models = comparedModels(plans, table, seed)
    const data = { set, table, seed, onProgress: showStep }
    if (options.unit) return compareModels(models, data, [splitBy ?? 'groups'], ['tool', 'network'])
    return compareModels(models, data, splitBy ? [splitBy] : SPLITS)
  })
}

/** Those of the parameters that a learner has: several are told of them at once. */
function ownParameters(learner: string, parameters: Parameters): Parameters {
  const { defaults } = named(learners, learner, 'model')
  return Object.fromEntries(Object.entries(parameters).filter(([name]) => Object.hasOwn(defaults, name)))
}

/** Refuses a parameter that none of the learners would hear. */
function demandHeard(names: readonly string[], parameters: Parameters): void {
  const heard = new Set(names.flatMap((name) => Object.keys(ownParameters(name, parameters))))
  const unheard = Object.keys(parameters).find((name) => !heard.has(name))
  if (unheard) throw new PlanError(`None of the models ${names.join(', ')} has a parameter "${unheard}".`)
}
