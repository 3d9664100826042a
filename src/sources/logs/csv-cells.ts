import { growBytes } from '../../batch/grow.ts'
import { quoteEnd, unquote } from './csv-quotes.ts'

const QUOTE = 0x22
/** Cells of a record that are looked at: wide tables exist, and a record of separators alone must cost nothing. */
const CELLS_MAX = 1024

/** The cells of one record: after {@link cut}, cell `i` is `bytes` from `starts[i]` to `ends[i]`, quotes removed by {@link open}. */
export class CsvCells {
  count = 0
  /** A quote opened a cell and did not close it as RFC 4180 says; it was read as an ordinary character. */
  quoteInvalid = false
  readonly starts: Int32Array = new Int32Array(CELLS_MAX)
  readonly ends: Int32Array = new Int32Array(CELLS_MAX)
  /** The cell opened last. */
  bytes: Uint8Array = new Uint8Array(0)
  start = 0
  end = 0

  private record: Uint8Array = this.bytes
  private readonly quoted = new Uint8Array(CELLS_MAX)
  private scratch: Uint8Array = new Uint8Array(1024)

  cut(bytes: Uint8Array, start: number, end: number, separator: number): void {
    this.record = bytes
    this.count = 0
    this.quoteInvalid = false
    for (let from = start; this.count < CELLS_MAX; ) {
      const closed = from < end && bytes[from] === QUOTE ? quoteEnd(bytes, from, end, separator) : 0
      if (closed < 0) this.quoteInvalid = true
      let to = closed > 0 ? closed : from
      while (to < end && bytes[to] !== separator) to++
      this.starts[this.count] = from
      this.ends[this.count] = to
      this.quoted[this.count++] = closed > 0 ? 1 : 0
      if (to >= end) return
      from = to + 1
    }
  }

  /** Makes a cell the open one, without its quotes and the blanks around it; false where there is no such cell. */
  open(cell: number): boolean {
    if (cell < 0 || cell >= this.count) return false
    this.bytes = this.record
    this.start = this.starts[cell]
    this.end = this.ends[cell]
    if (this.quoted[cell] === 1) {
      if (this.end - this.start > this.scratch.length) this.scratch = growBytes(this.scratch, this.end - this.start)
      this.end = unquote(this.record, this.start, this.end, this.scratch)
      this.start = 0
      this.bytes = this.scratch
    }
    while (this.start < this.end && this.bytes[this.start] === 0x20) this.start++
    while (this.end > this.start && this.bytes[this.end - 1] === 0x20) this.end--
    return true
  }

  /** All cells as text, one character an octet: for headers, never for rows. */
  texts(): string[] {
    return Array.from({ length: this.count }, (_, cell) => {
      this.open(cell)
      return Buffer.from(this.bytes.subarray(this.start, this.end)).toString('utf8')
    })
  }
}
