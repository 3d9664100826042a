import { LEGACY_HEADER, LEGACY_LABELS, LEGACY_NUMBERS } from '../features/legacy/columns.ts'
import type { FeatureMatrix } from '../models/matrix.ts'
import type { InputFile } from '../sources/input-file.ts'
import { readHead } from '../sources/inputs/open-input.ts'
import { CsvCells } from '../sources/logs/csv-cells.ts'
import { RecordReader } from '../sources/logs/record-reader.ts'
import { scanDecimal } from '../sources/logs/scan-number.ts'
import { COMMA, findLegacyLayout, type LegacyLayout } from './legacy-layout.ts'
import { ManifestError } from './manifest.ts'
import { RowValues } from './row-values.ts'
import { type TextColumn, TextColumnBuilder } from './text-column.ts'

/** A table of the originals, read. */
export interface LegacyTable {
  /** The twelve numbers under our names, in the order of `LEGACY_NUMBERS`. */
  readonly matrix: FeatureMatrix
  /** 1 where the row's capture was called an attack. */
  readonly y: Uint8Array
  /** Kept as texts, for a stable encoding: the originals' salted `hash()` is what broke their static model. */
  readonly longestWord: TextColumn
  readonly registeredLabel: TextColumn
  /** Minute and second as a spreadsheet left them: never a feature. */
  readonly timestamp: TextColumn
  /** Lines that are no rows, by reason. */
  readonly malformed: Readonly<Record<string, number>>
}

/**
 * Reads a CSV of the originals' 14 features, also gzipped: columns by name, both spellings of the label, a byte order
 * mark, either line end, an empty `longest_word`. Broken lines are counted and left out, as are headers that come again
 * (concatenated files). Throws {@link ManifestError} where the table as a whole is of another kind or breaks off.
 */
export async function readLegacyCsv(file: InputFile): Promise<LegacyTable> {
  const layout = findLegacyLayout(await readHead(file))
  if (layout === undefined || typeof layout === 'string') {
    throw new ManifestError(`${file.path} ${layout ?? 'holds no table of legacy features.'}`)
  }
  const rows = new LegacyRows(layout)
  const reader = new RecordReader(COMMA)
  for await (const chunk of file.chunks(fail)) {
    reader.feed(chunk)
    while (reader.next()) rows.add(reader.bytes, reader.start, reader.end)
  }
  reader.finish()
  while (reader.next()) rows.add(reader.bytes, reader.start, reader.end)
  return rows.build(reader.tooLong)
}

/**
 * The same of rows that come one by one, as the originals' producer sent them: their columns in the order of the CSV, the
 * label last. Broken ones are counted and left out.
 */
export function readLegacyTexts(texts: Iterable<string>): LegacyTable {
  const header = [...LEGACY_HEADER, LEGACY_LABELS[0]].join(',')
  const layout = findLegacyLayout(Buffer.from(`${header}\n`))
  if (layout === undefined || typeof layout === 'string') throw new Error(`our own header is none: ${layout}`)
  const rows = new LegacyRows(layout)
  for (const text of [header, ...texts]) {
    const bytes = Buffer.from(text)
    rows.add(bytes, 0, bytes.length)
  }
  return rows.build(0)
}

/** Half a table would be another table. */
function fail(sentence: string): never {
  throw new ManifestError(sentence)
}

class LegacyRows {
  private readonly layout: LegacyLayout
  private readonly cells = new CsvCells()
  private readonly values = new RowValues(LEGACY_NUMBERS.length)
  private readonly y: number[] = []
  private readonly texts = [new TextColumnBuilder(), new TextColumnBuilder()]
  private readonly timestamps = new TextColumnBuilder()
  private readonly malformed: Record<string, number> = {}
  private header: Buffer | undefined

  constructor(layout: LegacyLayout) {
    this.layout = layout
  }

  add(bytes: Uint8Array, start: number, end: number): void {
    if (start === end) return
    this.header ??= Buffer.from(bytes.subarray(start, end))
    if (this.header.length === end - start && this.header.equals(bytes.subarray(start, end))) return
    const reason = this.read(bytes, start, end)
    if (reason !== undefined) this.malformed[reason] = (this.malformed[reason] ?? 0) + 1
  }

  private read(bytes: Uint8Array, start: number, end: number): string | undefined {
    const { cells, layout, values } = this
    cells.cut(bytes, start, end, COMMA)
    if (cells.quoteInvalid) return 'quote-invalid'
    if (cells.count !== layout.columns) return 'columns-missing'
    for (let i = 0; i < layout.numbers.length; i++) {
      const value = this.number(layout.numbers[i])
      if (Number.isNaN(value)) return 'number-invalid'
      values.row[i] = value
    }
    const label = this.number(layout.label)
    if (label !== 0 && label !== 1) return 'label-invalid'
    values.add()
    this.y.push(label)
    for (let i = 0; i < layout.texts.length; i++) this.texts[i].add(this.text(layout.texts[i]))
    this.timestamps.add(layout.timestamp < 0 ? '' : this.text(layout.timestamp))
    return undefined
  }

  private number(cell: number): number {
    const { cells } = this
    cells.open(cell)
    return scanDecimal(cells.bytes, cells.start, cells.end, 0)
  }

  private text(cell: number): string {
    const { cells } = this
    cells.open(cell)
    return Buffer.from(cells.bytes.buffer, cells.bytes.byteOffset + cells.start, cells.end - cells.start).toString(
      'utf8',
    )
  }

  build(tooLong: number): LegacyTable {
    if (tooLong > 0) this.malformed['line-too-long'] = tooLong
    const [longestWord, registeredLabel] = this.texts
    return {
      matrix: this.values.build(LEGACY_NUMBERS.map(({ name }) => name)),
      y: Uint8Array.from(this.y),
      longestWord: longestWord.build(),
      registeredLabel: registeredLabel.build(),
      timestamp: this.timestamps.build(),
      malformed: this.malformed,
    }
  }
}
