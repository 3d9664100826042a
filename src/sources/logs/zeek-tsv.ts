import type { DnsBatch } from '../../batch/dns-batch.ts'
import { MARK } from '../../batch/dns-batch.ts'
import type { InputFile } from '../input-file.ts'
import type { InputCounts, SourceOptions } from '../source.ts'
import { countProblem } from './log-problem.ts'
import { LogRow } from './log-row.ts'
import { type LineParser, LogSource } from './log-source.ts'
import { scanDecimal } from './scan-number.ts'
import { CELLS_MAX, TabIndex } from './tab-index.ts'
import { ABSENT, FIELD, newCells, UNSET } from './zeek-fields.ts'
import { defaultFields, ZeekHeader } from './zeek-header.ts'
import { fillZeekRow, type ZeekView } from './zeek-row.ts'

/** Answers read of one row: a DNS message of 64 KiB holds about as many of the smallest. */
export const ANSWERS_MAX = 4096

const HASH_SIGN = 0x23

/** Zeek's dns.log with tab-separated columns, read by the names in its header. */
export class ZeekTsvSource extends LogSource {
  constructor(file: InputFile, counts: InputCounts, _options: SourceOptions, timed = true) {
    super(file, counts, timed)
  }

  protected override open(): LineParser {
    return new ZeekTsvParser(this.file.index, this.counts, this.timed)
  }
}

class ZeekTsvParser implements LineParser {
  private readonly input: number
  private readonly counts: InputCounts
  private readonly header = new ZeekHeader()
  private readonly cells = newCells()
  private readonly tabs = new TabIndex()
  private readonly row = new LogRow()
  private view: ZeekView

  constructor(input: number, counts: InputCounts, timed: boolean) {
    this.input = input
    this.counts = counts
    this.view = { timed, namesOnly: true, counts }
  }

  line(bytes: Uint8Array, start: number, end: number, position: number, batch: DnsBatch): void {
    if (start === end) return
    if (bytes[start] === HASH_SIGN) {
      this.directive(Buffer.from(bytes.subarray(start, end)).toString('latin1'))
      return
    }
    if (!this.header.own) {
      this.counts.skipped++
      return
    }
    if (this.header.columns.length === 0) this.assumeHeader(bytes, start, end)
    const excess = this.cut(bytes, start, end) - this.header.columns.length
    if (excess < 0) {
      countProblem(this.counts, 'columns-missing')
      return
    }
    const { row } = this
    if (!fillZeekRow(this.cells, row, this.view)) return
    if (excess > 0) {
      row.marks |= MARK.malformed
      countProblem(this.counts, 'columns-excess')
    }
    if (this.cells.ends[FIELD.answers] >= 0) this.readAnswers()
    if (this.cells.ends[FIELD.ttls] >= 0) this.readTtls()
    row.appendTo(batch, this.input, position)
  }

  private directive(line: string): void {
    if (!this.header.read(line)) countProblem(this.counts, 'header-invalid')
    else if (line.startsWith('#fields')) this.headerChanged()
  }

  private assumeHeader(bytes: Uint8Array, start: number, end: number): void {
    countProblem(this.counts, 'header-missing')
    let cells = 1
    for (let i = start; i < end; i++) if (bytes[i] === this.header.separator) cells++
    this.header.setFields(defaultFields(cells))
    this.headerChanged()
  }

  private headerChanged(): void {
    this.cells.ends.fill(ABSENT)
    this.view = { ...this.view, namesOnly: this.header.namesOnly }
  }

  /** Finds the cells of a line and returns how many there are. */
  private cut(bytes: Uint8Array, start: number, end: number): number {
    const { columns, separator, unset, empty } = this.header
    const { starts, ends } = this.cells
    this.cells.bytes = bytes
    const count = this.tabs.find(bytes, start, end, separator)
    const cellEnds = this.tabs.ends
    const width = Math.min(columns.length, count, CELLS_MAX)
    const unsetLength = unset.length
    const unsetFirst = unset[0]
    let from = start
    for (let column = 0; column < width; column++) {
      const to = cellEnds[column]
      const field = columns[column]
      if (field >= 0) {
        starts[field] = from
        ends[field] = to
        if (to - from === unsetLength && bytes[from] === unsetFirst && matches(bytes, from, to, unset)) {
          ends[field] = UNSET
        } else if (field === FIELD.query && to - from === empty.length && matches(bytes, from, to, empty)) {
          // An empty string: the root.
          ends[field] = from
        }
      }
      from = to + 1
    }
    return count
  }

  private readAnswers(): void {
    const { bytes, starts, ends } = this.cells
    const end = ends[FIELD.answers]
    let from = starts[FIELD.answers]
    if (from === end || matches(bytes, from, end, this.header.empty)) return
    for (let i = from; i <= end; i++) {
      if (i < end && bytes[i] !== this.header.setSeparator) continue
      if (this.row.answers.count === ANSWERS_MAX) {
        countProblem(this.counts, 'answers-excess')
        return
      }
      if (i > from && !matches(bytes, from, i, this.header.unset)) this.row.answers.add(bytes, from, i, this.row.qtype)
      from = i + 1
    }
  }

  private readTtls(): void {
    const { bytes, starts, ends } = this.cells
    const end = ends[FIELD.ttls]
    let from = starts[FIELD.ttls]
    let min = Number.POSITIVE_INFINITY
    for (let i = from; i <= end; i++) {
      if (i < end && bytes[i] !== this.header.setSeparator) continue
      const ttl = scanDecimal(bytes, from, i, 0)
      if (ttl >= 0 && ttl < min) min = ttl
      from = i + 1
    }
    if (min <= 0xffffffff) this.row.ttlMinSeconds = min
  }
}

function matches(bytes: Uint8Array, start: number, end: number, word: Uint8Array): boolean {
  if (end - start !== word.length) return false
  for (let i = 0; i < word.length; i++) if (bytes[start + i] !== word[i]) return false
  return true
}
