import type { Table } from '../../datasets/table.ts'
import { summarise } from '../../learn/cross-validate.ts'
import { type Examples, selectExamples } from '../../learn/examples.ts'
import { scoreRows } from '../../learn/fit.ts'
import { rocAuc } from '../../learn/metric.ts'
import { permutationFalls } from '../../learn/selection/permutation.ts'
import { binaryReport } from '../../metrics/binary-report.ts'
import { confusionAt, confusionRates } from '../../metrics/confusion.ts'
import { precisionRecallCurve } from '../../metrics/precision-recall.ts'
import { rankScores } from '../../metrics/ranked-scores.ts'
import { areaUnderRoc, rocCurve } from '../../metrics/roc.ts'
import type { Scorer } from '../../models/model.ts'
import type { ModelFile } from '../../models/model-file.ts'
import { clopperPearson } from '../../stats/clopper-pearson.ts'
import { createRandom, randomInteger } from '../../stats/random.ts'
import { sigmoid } from '../../stats/sigmoid.ts'
import type { GroupResult, Judged, Point } from './judged.ts'

/** The line that results are told at. */
const LINE = 'fpr 0.001'
/** Points of a curve that a picture needs. */
const POINTS_MAX = 200
/** Rows that permutation importance is measured on: more would change no digit that is printed. */
const IMPORTANCE_ROWS_MAX = 20_000
const IMPORTANT = 10

/** What a model's file says that judging needs. */
export type JudgedFile = Pick<ModelFile, 'calibrator' | 'thresholds' | 'seed'> & { readonly model: Scorer }

/** The margin a model's results are told at: one false alarm in a thousand, on training rows held out. */
export function lineOf({ thresholds }: Pick<ModelFile, 'thresholds'>): number {
  return thresholds.find(({ name }) => name === LINE)?.value ?? 0
}

/** Measures a model on rows it never saw, from every side. */
export function judge(
  name: string,
  on: string,
  file: JudgedFile,
  table: Table,
  examples: Examples,
  rows: Int32Array,
): Judged {
  const { model: scorer, calibrator } = file
  const test = selectExamples(examples, rows)
  const margins = scoreRows(scorer, test.matrix)
  const probabilities = margins.map((margin) => calibrator?.probability(margin) ?? sigmoid(margin))
  const line = lineOf(file)
  const ranked = rankScores(margins, test.y)
  const { falsePositiveRates, recalls } = rocCurve(ranked)
  const curve = precisionRecallCurve(ranked)
  const evenOdds = confusionAt(margins, test.y, 0)
  const grouped = (names: readonly string[]) =>
    groupResults(
      Array.from(rows, (row) => names[row]),
      test.y,
      (row) => margins[row] >= line,
    )
  const areaOf = (tool: string) => {
    const own = [...rows.keys()].filter((row) => test.y[row] === 0 || table.tool[rows[row]] === tool)
    const y = own.map((row) => test.y[row])
    if (!y.includes(1) || !y.includes(0)) return {}
    return {
      rocAuc: areaUnderRoc(
        rankScores(
          own.map((row) => margins[row]),
          y,
        ),
      ),
    }
  }
  return {
    ...{ name, on },
    report: binaryReport({ scores: margins, targets: test.y, threshold: line, probabilities }),
    evenOdds: { ...evenOdds, ...confusionRates(evenOdds) },
    roc: thinned(falsePositiveRates, recalls),
    precisionRecall: thinned(curve.recalls, curve.precisions),
    tools: grouped(table.tool).map((group) => ({ ...group, ...areaOf(group.name) })),
    networks: grouped(table.network),
    importance: importanceOf(scorer, test, file.seed),
  }
}

/** Counts by group, in order of name; benign rows of a tool's group are all benign ones. */
export function groupResults(
  names: readonly string[],
  y: ArrayLike<number>,
  flagged: (row: number) => boolean,
): GroupResult[] {
  const groups = new Map<string, { attackRows: number; found: number; benignRows: number; falseAlarms: number }>()
  names.forEach((name, row) => {
    const group = groups.get(name) ?? { attackRows: 0, found: 0, benignRows: 0, falseAlarms: 0 }
    groups.set(name, group)
    const hit = flagged(row) ? 1 : 0
    group[y[row] === 1 ? 'attackRows' : 'benignRows']++
    group[y[row] === 1 ? 'found' : 'falseAlarms'] += hit
  })
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, group]) => ({ name, ...group, rateMax: clopperPearson(group.falseAlarms, group.benignRows).upper }))
}

function thinned(x: Float64Array, y: Float64Array): Point[] {
  const step = Math.max(1, Math.ceil(x.length / POINTS_MAX))
  const points: Point[] = []
  for (let i = 0; i < x.length; i += step) points.push({ x: x[i], y: y[i] })
  if ((x.length - 1) % step !== 0) points.push({ x: x[x.length - 1], y: y[y.length - 1] })
  return points
}

function importanceOf(scorer: Scorer, test: Examples, seed: number): Judged['importance'] {
  const random = createRandom(seed)
  const rows = test.y.length
  const some =
    rows <= IMPORTANCE_ROWS_MAX
      ? test
      : selectExamples(
          test,
          Int32Array.from({ length: IMPORTANCE_ROWS_MAX }, () => randomInteger(random, rows)),
        )
  const positives = some.y.reduce((sum, target) => sum + target, 0)
  if (positives === 0 || positives === some.y.length) return []
  return permutationFalls(scorer, some, rocAuc, random)
    .map((falls, column) => {
      const { mean: loss, deviation } = summarise(falls)
      return { feature: test.matrix.names[column], loss, deviation }
    })
    .sort((a, b) => b.loss - a.loss)
    .slice(0, IMPORTANT)
}
