import { basename } from 'node:path'
import { compareModels, evaluateFile, SPLITS, type SplitName } from '../evaluate/learned/evaluate-learned.ts'
import type { LearnedEvaluation, LeftOutResult } from '../evaluate/learned/judged.ts'
import { comparedModels, filedModel } from '../training/filed-model.ts'
import { planTable } from '../training/train-model.ts'
import { loadLabelled, oneSet, withLabelled } from './labelled-data.ts'
import { type PlanOptions, planOf } from './plan-options.ts'
import { readModel } from './read-model.ts'
import { showStep } from './step.ts'

/** How learned models are judged: one from a file, or several that are trained here. */
export interface LearnedOptions extends PlanOptions {
  readonly manifest: readonly string[]
  readonly leaveOut?: LeftOutResult['what']
  readonly splitBy?: SplitName
}

/** A model file on the rows of manifests that did not train it. */
export async function evaluateModelFile(path: string, options: LearnedOptions): Promise<LearnedEvaluation> {
  const file = readModel(path)
  return await withLabelled(async () => {
    const set = oneSet(await loadLabelled(options.manifest, options), options.kind)
    const { filed, table } = filedModel(basename(path), file, set)
    const leaveOut = options.leaveOut === undefined ? (['tool', 'network'] as const) : [options.leaveOut]
    return evaluateFile(filed, { set, table, seed: file.seed, onProgress: showStep }, leaveOut)
  })
}

/** Models by name, trained and judged on splits made here: for tables that have none. */
export async function compareLearners(names: readonly string[], options: LearnedOptions): Promise<LearnedEvaluation> {
  const { seed, arm, splitBy } = options
  return await withLabelled(async () => {
    const set = oneSet(await loadLabelled(options.manifest, options), options.kind)
    const plans = names.map((name) => planOf(name, options))
    const table = planTable(set, { plan: plans[0], arm })
    const models = comparedModels(plans, table, seed)
    return compareModels(models, { set, table, seed, onProgress: showStep }, splitBy ? [splitBy] : SPLITS)
  })
}
