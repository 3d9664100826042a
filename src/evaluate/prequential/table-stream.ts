import type { Table } from '../../datasets/table.ts'
import { shuffled } from '../../stats/shuffled.ts'
import type { LabelledStream, StreamBlock } from './stream.ts'

/** How the rows of a table follow each other. */
export const ORDERS = ['time', 'file', 'shuffled'] as const
export type Order = (typeof ORDERS)[number]

/** A table that is no stream, or none in the order asked for. One sentence for an operator. */
export class StreamError extends Error {
  override readonly name = 'StreamError'
}

/** Rows of a table in the order of a stream, each with its time. */
export interface OrderedRows {
  readonly rows: Int32Array
  readonly timeMs: Float64Array
  /** Rows left out because nobody knows when they came by. */
  readonly untimed: number
}

/** A spreadsheet left some tables the minute and second alone: times within a day of 1970 are none. */
const TIME_MIN_MS = 86_400_000
const BLOCK_ROWS = 4096

/**
 * Puts the rows of a table into an order: that of their times (rows without one left out), that of the file, or one drawn
 * by chance; without times `rowsPerSecond` of them go by in a second, from 0. Throws a {@link StreamError} where no row
 * has a time.
 */
export function orderRows(
  { timeMs, y }: Table,
  order: Order,
  { seed, rowsPerSecond }: { readonly seed: number; readonly rowsPerSecond: number },
): OrderedRows {
  if (order === 'time') {
    const timed = [...y.keys()].filter((row) => timeMs[row] >= TIME_MIN_MS)
    if (timed.length === 0) {
      throw new StreamError('No row says when it came by, so there is no order of time: take --order file or shuffled.')
    }
    const rows = Int32Array.from(timed).sort((a, b) => timeMs[a] - timeMs[b] || a - b)
    return { rows, timeMs: Float64Array.from(rows, (row) => timeMs[row]), untimed: y.length - rows.length }
  }
  const rows = order === 'file' ? Int32Array.from(y.keys()) : shuffled(y.length, seed)
  return { rows, timeMs: Float64Array.from(rows, (_, i) => (i * 1000) / rowsPerSecond), untimed: 0 }
}

/** The rows of a table from place `from` of the order on, as a stream. */
export function tableStream(name: string, table: Table, ordered: OrderedRows, from: number): LabelledStream {
  return { name, featureNames: table.matrix.names, blocks: () => blocksOf(table, ordered, from) }
}

function* blocksOf({ matrix, group, y }: Table, { rows, timeMs }: OrderedRows, from: number): Generator<StreamBlock> {
  const { columns, values } = matrix
  for (let start = from; start < rows.length; start += BLOCK_ROWS) {
    const own = rows.subarray(start, start + BLOCK_ROWS)
    const x = new Float64Array(own.length * columns)
    for (let i = 0; i < own.length; i++) {
      x.set(values.subarray(own[i] * columns, own[i] * columns + columns), i * columns)
    }
    yield {
      ...{ rows: own.length, x, timeMs: timeMs.subarray(start, start + BLOCK_ROWS) },
      groups: Array.from(own, (row) => group[row]),
      y: Uint8Array.from(own, (row) => y[row]),
    }
  }
}
