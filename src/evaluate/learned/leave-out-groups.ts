import { rowsWhere, type Table } from '../../datasets/table.ts'
import { countPositives, type Examples, rowsApart, selectExamples } from '../../learn/examples.ts'
import { scoreRows } from '../../learn/fit.ts'
import { SplitError } from '../../learn/folds/split.ts'
import { rankScores } from '../../metrics/ranked-scores.ts'
import { areaUnderRoc } from '../../metrics/roc.ts'
import { clopperPearson } from '../../stats/clopper-pearson.ts'
import { type JudgedFile, lineOf } from './judge.ts'
import type { LeftOutResult } from './judged.ts'

/** Trains the plan on some rows. Handed in, because training stands above evaluation. */
export type TrainRows = (examples: Examples) => JudgedFile

/** Called before each training. */
export type LeaveOutProgress = (done: number, of: number, what: string) => void

/**
 * Trains the plan without each tool, or without each network, in turn, draws the line anew on what is left, and judges
 * the rows left out, training rows among them, as far as no group or copy of theirs trained: that model has seen none of
 * them. A tool's false alarms are those on the benign rows held out; a network's are its own. Without a result are those
 * that leave too little to train on, and those of which nothing is left to judge.
 */
export function leaveOutGroups(
  what: LeftOutResult['what'],
  table: Table,
  examples: Examples,
  train: TrainRows,
  onProgress: LeaveOutProgress,
): LeftOutResult[] {
  const column = columnOf(what, table)
  const { y, groups } = examples
  const names = namesOf(what, table)
  return names.flatMap((name, done) => {
    onProgress(done, names.length, `without ${name}`)
    const left = rowsWhere(table, (row) => table.split[row] === 'train' && column[row] !== name)
    const attacks = countPositives(y, left)
    if (attacks === 0 || attacks === left.length) return []
    const file = trained(train, selectExamples(examples, left))
    if (file === undefined) return []
    const judged = rowsWhere(table, (row) =>
      what === 'network' || y[row] === 1 ? column[row] === name : table.split[row] !== 'train',
    )
    const apart = rowsApart(groups, judged, left)
    return apart.length === 0 ? [] : [resultOf(what, name, file, examples, left.length, apart)]
  })
}

/** The tools or networks that {@link leaveOutGroups} has no result for: a reader must not take them for passed over. */
export function withoutResult(what: LeftOutResult['what'], table: Table, results: readonly LeftOutResult[]): string[] {
  return namesOf(what, table).filter((name) => !results.some((row) => row.what === what && row.leftOut === name))
}

function columnOf(what: LeftOutResult['what'], { tool, network }: Table): readonly string[] {
  return what === 'tool' ? tool : network
}

function namesOf(what: LeftOutResult['what'], table: Table): string[] {
  return [...new Set(columnOf(what, table))].filter((name) => what === 'network' || name !== 'benign').sort()
}

/** Undefined where what is left has too few groups to hold any out: that says nothing about the model. */
function trained(train: TrainRows, examples: Examples): JudgedFile | undefined {
  try {
    return train(examples)
  } catch (error) {
    if (error instanceof SplitError) return undefined
    throw error
  }
}

function resultOf(
  what: LeftOutResult['what'],
  leftOut: string,
  file: JudgedFile,
  examples: Examples,
  trainRows: number,
  rows: Int32Array,
): LeftOutResult {
  const test = selectExamples(examples, rows)
  const margins = scoreRows(file.model, test.matrix)
  const line = lineOf(file)
  const counts = { attackRows: 0, found: 0, benignRows: 0, falseAlarms: 0 }
  margins.forEach((margin, i) => {
    const attack = test.y[i] === 1
    counts[attack ? 'attackRows' : 'benignRows']++
    if (margin >= line) counts[attack ? 'found' : 'falseAlarms']++
  })
  const both = counts.attackRows > 0 && counts.benignRows > 0
  return {
    ...{ what, leftOut, trainRows, ...counts },
    rocAuc: both ? areaUnderRoc(rankScores(margins, test.y)) : null,
    rateMax: clopperPearson(counts.falseAlarms, counts.benignRows).upper,
  }
}
