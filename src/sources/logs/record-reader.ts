import { QUOTE_OPEN, quoteEnd } from './csv-quotes.ts'
import type { Lines } from './line-reader.ts'
import { LINE_OCTETS_MAX } from './line-reader.ts'

const LF = 0x0a
const CR = 0x0d
const QUOTE = 0x22
const MORE = -1

/**
 * Cuts chunks into the records of a CSV file, as LineReader cuts lines: a line end inside a quoted cell ends nothing.
 * Where a quote opens a cell and does not close it properly, the record ends with its line.
 */
export class RecordReader implements Lines {
  bytes: Uint8Array = new Uint8Array(0)
  start = 0
  end = 0
  number = 0
  tooLong = 0

  private readonly separator: number
  private at = 0
  private finished = false
  private skipping = false

  constructor(separator: number) {
    this.separator = separator
  }

  feed(chunk: Uint8Array): void {
    const rest = this.bytes.subarray(this.at)
    this.bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    this.at = 0
  }

  finish(): void {
    this.finished = true
  }

  next(): boolean {
    while (this.at < this.bytes.length) {
      const recordEnd = this.recordEnd()
      if (recordEnd === MORE) {
        if (this.bytes.length - this.at <= LINE_OCTETS_MAX) return false
        this.skipping = true
        this.at = this.bytes.length
        return false
      }
      const start = this.at
      this.at = recordEnd + 1
      this.number++
      if (this.skipping || recordEnd - start > LINE_OCTETS_MAX) {
        this.tooLong++
        this.skipping = false
      } else {
        this.hand(start, recordEnd)
        return true
      }
    }
    if (this.finished && this.skipping) {
      this.tooLong++
      this.skipping = false
    }
    return false
  }

  private hand(start: number, end: number): void {
    const { bytes } = this
    if (this.number === 1 && bytes[start] === 0xef && bytes[start + 1] === 0xbb && bytes[start + 2] === 0xbf) start += 3
    this.start = Math.min(start, end)
    this.end = end > start && bytes[end - 1] === CR ? end - 1 : end
  }

  /** Index of the line feed that ends the record at `at` (or of the end of all), or {@link MORE}. */
  private recordEnd(): number {
    const { bytes, separator } = this
    const lineEnd = bytes.indexOf(LF, this.at)
    const plainEnd = lineEnd >= 0 ? lineEnd : this.finished ? bytes.length : MORE
    if (this.skipping) return plainEnd
    let opens = true
    for (let i = this.at; i < bytes.length; i++) {
      if (bytes[i] === LF) return i
      if (opens && bytes[i] === QUOTE) {
        const closed = quoteEnd(bytes, i, bytes.length, separator)
        // At the end of the chunk a quote may be the first of two.
        const undecided = closed === QUOTE_OPEN || closed === bytes.length
        if (undecided && !this.finished && bytes.length - this.at <= LINE_OCTETS_MAX) return MORE
        if (closed < 0) return plainEnd
        i = closed - 1
        opens = false
      } else opens = bytes[i] === separator
    }
    return this.finished ? bytes.length : MORE
  }
}
