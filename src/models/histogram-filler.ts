import { fillColumns, type Histogram, type RowPairs } from './histogram.ts'
import { type Fill, histogramModule, PAGES_MAX } from './histogram-wasm.ts'
import type { BinnedMatrix } from './quantile-bins.ts'

/** The part of the engine's API that is used here; the language's own types leave it to browsers'. */
declare const WebAssembly: {
  readonly Memory: new (pages: { initial: number; maximum: number }) => { readonly buffer: ArrayBuffer }
  readonly Module: new (octets: Uint8Array<ArrayBuffer>) => object
  readonly Instance: new (module: object, imports: object) => { readonly exports: Readonly<Record<string, unknown>> }
}

/** Fills histograms over one training set, and holds what they are made of where it does so fastest. */
export interface HistogramFiller {
  /** What each row counts: to be written before a fill. */
  readonly pairs: RowPairs
  /** Row numbers, as many as there are rows: to be written before a fill. */
  readonly order: Int32Array
  /** Sums over the rows `order[begin..end)`. */
  fill(histogram: Histogram, begin: number, end: number): void
}

/**
 * The fastest filler there is: in WebAssembly, ten times as fast as in JavaScript, where the engine has it and the data
 * fit its 4 GB; both give the same sums to the bit.
 */
export function createFiller(binned: BinnedMatrix): HistogramFiller {
  return wasmFiller(binned) ?? scriptFiller(binned)
}

/** Rows that a core keeps at hand. */
const BLOCK_ROWS = 256

export function scriptFiller(binned: BinnedMatrix): HistogramFiller {
  const pairs = new Float64Array(2 * binned.rows)
  const order = new Int32Array(binned.rows)
  const every = Int32Array.from({ length: binned.columns }, (_, column) => column)
  return {
    pairs,
    order,
    fill: (histogram, begin, end) => fillColumns(histogram, binned, every, pairs, order, begin, end),
  }
}

/** Undefined where it cannot be had: no WebAssembly or no SIMD, too many rows, no memory. */
export function wasmFiller(binned: BinnedMatrix): HistogramFiller | undefined {
  const { rows, columns, firstBin } = binned
  const binBytes = binsMaxOf(binned) > 256 ? 2 : 1
  const rowBytes = columns * binBytes
  // Pairs of doubles first: they must stand at multiples of 16.
  const pairsAt = 16 * firstBin[columns]
  const orderAt = pairsAt + 16 * rows
  // A row that would lie across two cache lines is fetched twice.
  const binsAt = Math.ceil((orderAt + 4 * rows) / 64) * 64
  const pages = Math.ceil((binsAt + rowBytes * rows) / 65_536)
  if (pages > PAGES_MAX) return undefined
  let buffer: ArrayBuffer
  let fillRows: Fill
  try {
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages })
    buffer = memory.buffer
    const places = Array.from({ length: columns }, (_, c) => ({ offset: c * binBytes, sums: 16 * firstBin[c] }))
    const module = new WebAssembly.Module(histogramModule(places, binBytes === 2))
    fillRows = new WebAssembly.Instance(module, { m: { memory } }).exports.fill as Fill
  } catch {
    return undefined
  }
  const Bins = binBytes === 2 ? Uint16Array : Uint8Array
  writeRows(binned, new Bins(buffer, binsAt, rows * columns))
  const sums = new Float64Array(buffer, 0, 2 * firstBin[columns])
  return {
    pairs: new Float64Array(buffer, pairsAt, 2 * rows),
    order: new Int32Array(buffer, orderAt, rows),
    fill(histogram, begin, end) {
      sums.fill(0)
      fillRows(binsAt, rowBytes, pairsAt, orderAt + 4 * begin, orderAt + 4 * end)
      histogram.set(sums)
    },
  }
}

function binsMaxOf({ firstBin, columns }: BinnedMatrix): number {
  let most = 0
  for (let column = 0; column < columns; column++) most = Math.max(most, firstBin[column + 1] - firstBin[column])
  return most
}

/** Row after row, each bin counted from its column's first; a block of rows at a time, or each would fetch memory. */
function writeRows({ rows, columns, bins, firstBin }: BinnedMatrix, out: Uint8Array | Uint16Array): void {
  for (let begin = 0; begin < rows; begin += BLOCK_ROWS) {
    const end = Math.min(rows, begin + BLOCK_ROWS)
    for (let column = 0; column < columns; column++) {
      const first = firstBin[column]
      const from = column * rows
      for (let row = begin; row < end; row++) out[row * columns + column] = bins[from + row] - first
    }
  }
}
