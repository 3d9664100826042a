import type { DataSet } from '../../../datasets/data-set.ts'
import { createMatrix, type FeatureMatrix } from '../../../models/matrix.ts'

/** What the original dropped, as saying the same as other columns. */
const DROPPED: readonly string[] = ['upperCount', 'legacyEntropyBits']

/** How texts become numbers: the way of one process. */
export type TextNumber = (text: string) => number

/** The numbers of the originals' rows, and behind them their two texts as numbers, once for each way of numbering. */
export function originalRows(set: DataSet, rows: Int32Array, ways: readonly TextNumber[]): FeatureMatrix {
  const kept = [...set.matrix.names.keys()].filter((column) => !DROPPED.includes(set.matrix.names[column]))
  const numbers = kept.map((column) => set.matrix.names[column])
  const texts = ways.flatMap((_, way) => set.texts.map(({ name }) => `${name} ${way}`))
  const matrix = createMatrix(rows.length, [...numbers, ...texts])
  const codes = ways.flatMap((way) => set.texts.map(({ column }) => column.values.map(way)))
  const { values, columns } = matrix
  for (let i = 0; i < rows.length; i++) {
    const from = rows[i] * set.matrix.columns
    const to = i * columns
    for (let j = 0; j < kept.length; j++) values[to + j] = set.matrix.values[from + kept[j]]
    for (let c = 0; c < codes.length; c++) {
      values[to + kept.length + c] = codes[c][set.texts[c % set.texts.length].column.codes[rows[i]]]
    }
  }
  return matrix
}

/** Where {@link originalRows} has the columns of one model: the numbers, and the texts in one way of numbering. */
export function columnsOfWay({ columns }: FeatureMatrix, ways: number, way: number, texts: number): Int32Array {
  const numbers = columns - ways * texts
  const own = Array.from({ length: texts }, (_, text) => numbers + way * texts + text)
  return Int32Array.from([...Array.from({ length: numbers }, (_, column) => column), ...own])
}
