import type { DataSet } from '../../datasets/data-set.ts'
import { examplesOf, rowsWhere, type Table } from '../../datasets/table.ts'
import { countPositives, type Examples, rowsApart, selectExamples } from '../../learn/examples.ts'
import type { Fit } from '../../learn/fit.ts'
import { groupedSplit, randomSplit, type Split, SplitError } from '../../learn/folds/split.ts'
import { audits, networkOfOrigin } from './audits.ts'
import { baselines } from './baselines.ts'
import { distributions } from './distributions.ts'
import { type JudgedFile, judge } from './judge.ts'
import type { Audit, BaselineResult, Judged, LearnedEvaluation, LeftOutResult } from './judged.ts'
import { type LeaveOutProgress, leaveOutGroups, type TrainRows, withoutResult } from './leave-out-groups.ts'

/** What learned models are judged on. */
export interface LearnedData {
  readonly set: DataSet
  readonly table: Table
  readonly seed: number
  readonly onProgress: LeaveOutProgress
}

/** A model in a file, and how to train its plan again. */
export interface FiledModel {
  readonly name: string
  readonly file: JudgedFile
  readonly fit: Fit
  readonly train: TrainRows
  /** Whether its training rows are those of the manifests it is judged on; if not, nobody here knows what it has seen. */
  readonly trainedHere: boolean
  readonly facts: LearnedEvaluation['facts']
}

/**
 * Judges a model on the rows that are held out and have no group or copy among those that train, beside the same plan
 * trained without each tool and each network (`leaveOut`). Throws a {@link SplitError} where that leaves no rows of both
 * classes.
 */
export function evaluateFile(
  { name, file, fit, train, trainedHere, facts }: FiledModel,
  { set, table, seed, onProgress }: LearnedData,
  leaveOut: readonly LeftOutResult['what'][],
): LearnedEvaluation {
  const examples = examplesOf(table)
  const split = heldOutSplit(table, examples)
  const on = `held out: ${[...new Set(Array.from(split.test, (row) => table.split[row]))].sort().join(', ')}`
  demandBoth(
    examples,
    split,
    'name a manifest whose split column holds some back (dev), or compare models with --models on a split made here',
  )
  const leftOut = leaveOut.flatMap((what) => leaveOutGroups(what, table, examples, train, onProgress))
  return {
    title: `${name} on ${set.kind}`,
    facts: [...facts, ...leaveOut.flatMap((what) => missing(what, withoutResult(what, table, leftOut)))],
    judged: [judge(name, on, file, table, examples, split.test)],
    baselines: baselines(on, examples, split.train, split.test, undefined),
    leftOut,
    audits: [
      ...audits(examples, fit, split.train, split.test, seed),
      ...networkOfOrigin(examples, table.network, split.test),
      sameFiles(trainedHere),
    ],
    distributions: distributions(examples, split.test, table.features),
  }
}

function missing(what: LeftOutResult['what'], names: readonly string[]): LearnedEvaluation['facts'] {
  if (names.length === 0) return []
  return [[`${what}s not left out`, `${names.join(', ')}: too little is left to train on, or to judge`]]
}

function sameFiles(trainedHere: boolean): Audit {
  return {
    question: 'Files: are the training rows of these manifests those that trained the model?',
    answer: trainedHere ? 'yes, by their hash' : 'no: make sure that none of the rows judged here trained it',
    passed: trainedHere,
  }
}

/** How rows without a split of their own are dealt out. `rows` is for comparing with results that were measured so. */
export const SPLITS = ['rows', 'groups'] as const
export type SplitName = (typeof SPLITS)[number]

/** Share of rows, or groups, that are judged. */
const TEST_SHARE = 0.3

/** A plan that is trained here, on each split. */
export interface ComparedModel {
  readonly name: string
  readonly fit: Fit
  readonly train: TrainRows
}

/** Trains every model on the same split, judges all on the same rows, audits the first and trains it again without what `leaveOut` says. */
export function compareModels(
  models: readonly ComparedModel[],
  { set, table, seed, onProgress }: LearnedData,
  splits: readonly SplitName[],
  leaveOut: readonly LeftOutResult['what'][] = [],
): LearnedEvaluation {
  const examples = examplesOf(table)
  const judged: Judged[] = []
  const bars: BaselineResult[] = []
  const found: Audit[] = []
  let test: Int32Array = new Int32Array()
  for (const [s, name] of splits.entries()) {
    const split = splitOf(name, examples, seed)
    demandBoth(examples, split, 'take another --seed, name rows of more groups, or --split-by rows')
    test = split.test
    for (const [m, { name: model, train }] of models.entries()) {
      onProgress(s * models.length + m, splits.length * models.length, `${model}, split by ${name}`)
      const file = train(selectExamples(examples, split.train))
      judged.push(judge(model, `split by ${name}`, file, table, examples, split.test))
    }
    bars.push(...baselines(`split by ${name}`, examples, split.train, split.test, set.noise))
    const asked = [
      ...audits(examples, models[0].fit, split.train, split.test, seed),
      ...networkOfOrigin(examples, table.network, split.test),
    ]
    found.push(...asked.map((audit) => ({ ...audit, question: `Split by ${name}. ${audit.question}` })))
  }
  return {
    title: `${models.map(({ name }) => name).join(', ')} on ${set.kind}`,
    facts: [
      ['rows', String(examples.y.length)],
      ['attack rows', String(countPositives(examples.y, Int32Array.from(examples.y.keys())))],
      ['judged', `${100 * TEST_SHARE} %`],
      ['seed', String(seed)],
    ],
    judged,
    baselines: bars,
    leftOut: leaveOut.flatMap((what) => leaveOutGroups(what, table, examples, models[0].train, onProgress)),
    audits: found,
    distributions: distributions(examples, test, table.features),
  }
}

function splitOf(name: SplitName, examples: Examples, seed: number): Split {
  return name === 'rows'
    ? randomSplit(examples.y.length, TEST_SHARE, seed)
    : groupedSplit(examples.groups, TEST_SHARE, seed)
}

/** Rows that train, and rows held out whose group, or an exact copy, does not. */
function heldOutSplit(table: Table, { groups }: Examples): Split {
  const train = rowsWhere(table, (row) => table.split[row] === 'train')
  const others = rowsWhere(table, (row) => table.split[row] !== 'train')
  return { train, test: rowsApart(groups, others, train) }
}

function demandBoth({ y }: Examples, { test }: Split, otherwise: string): void {
  const attacks = countPositives(y, test)
  if (attacks > 0 && attacks < test.length) return
  throw new SplitError(
    `Of ${test.length} rows held out ${attacks} are attack, and judging needs both kinds: ${otherwise}.`,
  )
}
