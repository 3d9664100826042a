import { type DnsBatch, MARK, VANTAGE } from '../../batch/dns-batch.ts'
import { parseType } from '../../dns/types.ts'
import type { InputFile } from '../input-file.ts'
import type { InputCounts, SourceOptions } from '../source.ts'
import { CsvCells } from './csv-cells.ts'
import type { CsvLayout } from './csv-layout.ts'
import type { Lines } from './line-reader.ts'
import { fillListRow } from './list-row.ts'
import { countProblem } from './log-problem.ts'
import { LogRow } from './log-row.ts'
import { type LineParser, LogSource } from './log-source.ts'
import { RecordReader } from './record-reader.ts'
import { scanAddress } from './scan-address.ts'
import { scanAnyTimeMs } from './scan-time.ts'

/** A table with a column of names (RFC 4180), and times, clients and types where it has columns for them. */
export class CsvSource extends LogSource {
  private readonly layout: CsvLayout

  constructor(file: InputFile, counts: InputCounts, _options: SourceOptions, layout: CsvLayout) {
    super(file, counts, layout.time >= 0)
    this.layout = layout
  }

  protected override lines(): Lines {
    return new RecordReader(this.layout.separator)
  }

  protected override open(): LineParser {
    return new CsvParser(this.file.index, this.counts, this.layout)
  }
}

class CsvParser implements LineParser {
  private readonly input: number
  private readonly counts: InputCounts
  private readonly layout: CsvLayout
  private readonly header: Buffer | undefined
  private headerSeen: boolean
  private readonly cells = new CsvCells()
  private readonly row = new LogRow()

  constructor(input: number, counts: InputCounts, layout: CsvLayout) {
    this.input = input
    this.counts = counts
    this.layout = layout
    this.header = layout.header === undefined ? undefined : Buffer.from(layout.header, 'latin1')
    this.headerSeen = this.header === undefined
  }

  line(bytes: Uint8Array, start: number, end: number, position: number, batch: DnsBatch): void {
    if (start === end || this.isHeader(bytes, start, end)) return
    // Comments in front of the header; behind it, a name may begin with the sign.
    if (!this.headerSeen && bytes[start] === 0x23) return
    const { cells, counts, layout, row } = this
    cells.cut(bytes, start, end, layout.separator)
    if (cells.quoteInvalid) countProblem(counts, 'quote-invalid')
    if (cells.count <= Math.max(layout.name, layout.time, layout.client, layout.qtype)) {
      countProblem(counts, 'columns-missing')
      return
    }
    row.reset()
    if (!this.readTime()) {
      countProblem(counts, 'time-invalid')
      return
    }
    this.readClient()
    cells.open(layout.name)
    if (cells.start === cells.end) {
      counts.skipped++
      return
    }
    if (!fillListRow(row, cells.bytes, cells.start, cells.end, counts)) return
    row.marks |= MARK.namesOnly | (cells.quoteInvalid ? MARK.malformed : 0)
    row.qtype = this.readType()
    row.appendTo(batch, this.input, position)
  }

  private isHeader(bytes: Uint8Array, start: number, end: number): boolean {
    const { header } = this
    if (!header || header.length !== end - start) return false
    for (let i = 0; i < header.length; i++) if (bytes[start + i] !== header[i]) return false
    this.headerSeen = true
    return true
  }

  private readTime(): boolean {
    const { cells, layout } = this
    if (!cells.open(layout.time)) return true
    this.row.timeMs = scanAnyTimeMs(cells.bytes, cells.start, cells.end, layout.timeUnit)
    return !Number.isNaN(this.row.timeMs)
  }

  private readClient(): void {
    const { cells, row } = this
    if (!cells.open(this.layout.client) || cells.start === cells.end) return
    if (scanAddress(cells.bytes, cells.start, cells.end, row.client, 0) === 0) {
      countProblem(this.counts, 'address-invalid')
      return
    }
    row.marks |= MARK.hasClient
    row.vantage = VANTAGE.clientSide
  }

  private readType(): number {
    const { cells } = this
    if (!cells.open(this.layout.qtype) || cells.end - cells.start > 32) return 0
    return Math.max(parseType(String.fromCharCode(...cells.bytes.subarray(cells.start, cells.end))), 0)
  }
}
