import type { FeatureMatrix } from './matrix.ts'

/** Every value of a training matrix as a small integer, so that a split is a scan over bins and not over rows. */
export interface BinnedMatrix {
  readonly rows: number
  readonly columns: number
  /** Column after column; bins are numbered across all columns, so that an entry is an index into a histogram. */
  readonly bins: Uint16Array
  /** First bin of each column, and the end of the last; a column's last bin holds its missing values. */
  readonly firstBin: Int32Array
  /** `cuts[column][b]`: values at or below it, and above the cut before it, are in the column's bin `b`. */
  readonly cuts: readonly Float64Array[]
}

/** Columns times bins must fit 16 bits. */
const BINS_TOTAL_MAX = 65_536
/** Columns taken out of the rows at a time: doubles that share a cache line, so that memory is read once. */
const BLOCK_COLUMNS = 8
/** Rows that cuts are taken from, about: more would move a quantile by less than a thousandth. */
const SAMPLE_ROWS = 2 ** 18
const GOLDEN = (Math.sqrt(5) - 1) / 2

/**
 * Cuts every column at its quantiles into at most `binsMax` bins; a column with fewer distinct values gets one bin
 * a value. A cut lies half way between two neighbouring training values, so nothing is learned about exact values.
 * Past 262,144 rows the cuts are those of about as many rows, spread over all.
 */
export function binMatrix(matrix: FeatureMatrix, binsMax: number): BinnedMatrix {
  const { rows, columns } = matrix
  const cuts: Float64Array[] = []
  const firstBin = new Int32Array(columns + 1)
  const bins = new Uint16Array(rows * columns)
  for (let begin = 0; begin < columns; begin += BLOCK_COLUMNS) {
    const block = takeColumns(matrix, begin, Math.min(columns, begin + BLOCK_COLUMNS))
    for (const [i, column] of block.entries()) {
      const edges = quantileCuts(knownSorted(column), binsMax)
      const first = firstBin[begin + i]
      const missing = first + edges.length + 1
      cuts.push(edges)
      firstBin[begin + i + 1] = missing + 1
      if (missing >= BINS_TOTAL_MAX) throw new RangeError(`${columns} columns of ${binsMax} bins are too many`)
      const searched = padded(edges)
      const from = (begin + i) * rows
      for (let row = 0; row < rows; row++) {
        bins[from + row] = Number.isNaN(column[row]) ? missing : first + binOf(searched, column[row])
      }
    }
  }
  return { rows, columns, bins, firstBin, cuts }
}

/** Some neighbouring columns, each for itself. */
function takeColumns({ rows, columns, values }: FeatureMatrix, begin: number, end: number): Float64Array[] {
  const taken = Array.from({ length: end - begin }, () => new Float64Array(rows))
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < taken.length; i++) taken[i][row] = values[row * columns + begin + i]
  }
  return taken
}

/** The known values in order, of all rows or of a spread of them. */
function knownSorted(column: Float64Array): Float64Array {
  const sorted = new Float64Array(column.length)
  const share = SAMPLE_ROWS / column.length
  let known = 0
  for (let row = 0; row < column.length; row++) {
    // Multiples of the golden ratio spread evenly over [0, 1), and beat with no period that the rows may have.
    const picked = share >= 1 || (row * GOLDEN) % 1 < share
    if (picked && !Number.isNaN(column[row])) sorted[known++] = column[row]
  }
  return sorted.subarray(0, known).sort()
}

/** The value that parts the bins up to `bin` of a column from those behind, as a model asks for it. */
export function thresholdOf({ cuts }: BinnedMatrix, column: number, bin: number): number {
  // Past the last cut only missing values part from the rest, and infinity goes with them: a threshold is finite.
  return bin < cuts[column].length ? cuts[column][bin] : Number.MAX_VALUE
}

/** The cuts, filled up with infinities to one less than a power of two: what {@link binOf} searches. */
function padded(cuts: Float64Array): Float64Array {
  const full = new Float64Array(2 ** Math.ceil(Math.log2(cuts.length + 1)) - 1).fill(Infinity)
  full.set(cuts)
  return full
}

/** How many cuts lie below `value`. Halves without a jump, as no predictor guesses which half a value is in. */
function binOf(paddedCuts: Float64Array, value: number): number {
  let bin = 0
  for (let step = (paddedCuts.length + 1) >> 1; step > 0; step >>= 1) {
    bin += step * yes(value > paddedCuts[bin + step - 1])
  }
  return bin
}

function yes(answer: boolean): number {
  return (answer as unknown as number) | 0
}

/**
 * Greedy cuts: each bin takes values until it holds its share of the rows that are left, so that a value that
 * fills half the column does not starve the rest of bins.
 */
function quantileCuts(sorted: Float64Array, binsMax: number): Float64Array {
  const cuts: number[] = []
  const n = sorted.length
  let distinct = n > 0 ? 1 : 0
  for (let i = 1; i < n; i++) if (sorted[i] !== sorted[i - 1]) distinct++
  let share = distinct <= binsMax ? 0 : n / binsMax
  let held = 0
  for (let i = 0; i + 1 < n && cuts.length + 1 < binsMax; i++) {
    held++
    if (sorted[i] === sorted[i + 1] || held < share) continue
    cuts.push(between(sorted[i], sorted[i + 1]))
    if (share > 0) share = (n - i - 1) / (binsMax - cuts.length)
    held = 0
  }
  return Float64Array.from(cuts)
}

/** Half way from `a` to the greater `b`, or `a` itself where that is not a number between them. */
function between(a: number, b: number): number {
  const middle = a + (b - a) / 2
  return middle >= a && middle < b ? middle : a
}
