import { armFeatures, type QueryArm } from '../features/query/index.ts'
import { createExamples, type Examples } from '../learn/examples.ts'
import { createMatrix, type FeatureMatrix } from '../models/matrix.ts'
import { textCode } from '../stats/text-code.ts'
import type { DataFeature, DataSet } from './data-set.ts'
import type { TextColumn } from './text-column.ts'

/** Which rows and columns of a data set a model reads. */
export interface TableOptions {
  /** Of novel exchanges: the names arm reads every row, the answers arm those that were answered. */
  readonly arm: QueryArm
  /** Whether texts stand beside the numbers, as codes for a preparation to encode. */
  readonly texts: boolean
}

/** Rows of a data set as a model takes them, and where each came from. */
export interface Table {
  readonly matrix: FeatureMatrix
  readonly features: readonly DataFeature[]
  /** Columns that are codes of texts. */
  readonly categories: readonly string[]
  readonly y: Uint8Array
  readonly group: readonly string[]
  readonly network: readonly string[]
  readonly tool: readonly string[]
  readonly split: readonly string[]
  /** Event time; NaN where there is none. Never a feature. */
  readonly timeMs: Float64Array
}

/** The rows of a data set that a model of these columns can read. */
export function tableOf(set: DataSet, { arm, texts }: TableOptions): Table {
  const answers = set.kind === 'queries' && arm === 'answers'
  const width = set.kind === 'queries' ? armFeatures(arm).length : set.matrix.columns
  const rows = answers ? answeredRows(set.matrix) : [...set.y.keys()]
  const shown = texts ? set.texts : []
  const features = [...set.features.slice(0, width), ...shown.map(({ name }) => ({ name, unit: 'text' }))]
  const matrix = createMatrix(
    rows.length,
    features.map(({ name }) => name),
  )
  const codes = shown.map(({ column }) => column.values.map(textCode))
  rows.forEach((row, i) => {
    const from = row * set.matrix.columns
    const at = i * features.length
    matrix.values.set(set.matrix.values.subarray(from, from + width), at)
    shown.forEach(({ column }, t) => {
      matrix.values[at + width + t] = codes[t][column.codes[row]]
    })
  })
  const of = ({ codes: own, values }: TextColumn) => rows.map((row) => values[own[row]])
  return {
    matrix,
    features,
    categories: shown.map(({ name }) => name),
    y: Uint8Array.from(rows, (row) => set.y[row]),
    ...{ group: of(set.group), network: of(set.network), tool: of(set.tool), split: of(set.split) },
    timeMs: Float64Array.from(rows, (row) => set.timeMs[row]),
  }
}

/** The rows for which `keep` holds. */
export function rowsWhere(table: Table, keep: (row: number) => boolean): Int32Array {
  return Int32Array.from([...table.y.keys()].filter(keep))
}

/** Rows as examples: groups are the manifest's, joined with exact copies. */
export function examplesOf({ matrix, y, group }: Table): Examples {
  return createExamples(matrix, y, group)
}

/** Rows of which a response was seen: of the others it is unknown what came back. */
function answeredRows({ values, columns, names, rows }: FeatureMatrix): number[] {
  const nameError = names.indexOf('nameError')
  return Array.from({ length: rows }, (_, row) => row).filter((row) => !Number.isNaN(values[row * columns + nameError]))
}
