import { rowsWhere, type Table } from '../../datasets/table.ts'
import { type Examples, selectExamples } from '../../learn/examples.ts'
import { scoreRows } from '../../learn/fit.ts'
import { rankScores } from '../../metrics/ranked-scores.ts'
import { areaUnderRoc } from '../../metrics/roc.ts'
import type { ExplainingScorer } from '../../models/model.ts'
import { clopperPearson } from '../../stats/clopper-pearson.ts'
import { type JudgedFile, lineOf } from './judge.ts'
import type { LeftOutResult } from './judged.ts'

/** Trains the plan on some rows. Handed in, because training stands above evaluation. */
export type TrainRows = (examples: Examples) => JudgedFile

/** Called before each training. */
export type LeaveOutProgress = (done: number, of: number, what: string) => void

/**
 * Trains the plan without each tool, or without each network, in turn, draws the line anew on what is left, and judges
 * the rows left out, training rows among them: that model has seen none of them. A tool's false alarms are those on the
 * benign rows held out; a network's are its own.
 */
export function leaveOutGroups(
  what: LeftOutResult['what'],
  table: Table,
  examples: Examples,
  train: TrainRows,
  onProgress: LeaveOutProgress,
): LeftOutResult[] {
  const column = what === 'tool' ? table.tool : table.network
  const { y } = examples
  const names = [...new Set(column)].filter((name) => what === 'network' || name !== 'benign').sort()
  return names.flatMap((name, done) => {
    onProgress(done, names.length, `without ${name}`)
    const left = rowsWhere(table, (row) => table.split[row] === 'train' && column[row] !== name)
    if (!hasBoth(y, left)) return []
    const file = train(selectExamples(examples, left))
    const judged = rowsWhere(table, (row) =>
      what === 'network' || y[row] === 1 ? column[row] === name : table.split[row] !== 'train',
    )
    return [resultOf(what, name, file, examples, left.length, judged)]
  })
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
  const margins = scoreRows(file.model as ExplainingScorer, test.matrix)
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

function hasBoth(y: Float64Array, rows: Int32Array): boolean {
  const attacks = rows.reduce((sum, row) => sum + y[row], 0)
  return attacks > 0 && attacks < rows.length
}
