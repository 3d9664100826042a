import type { InputFile } from '../sources/input-file.ts'
import { readHead } from '../sources/inputs/open-input.ts'
import { CsvCells } from '../sources/logs/csv-cells.ts'
import { findCsvLayout } from '../sources/logs/csv-layout.ts'
import { RecordReader } from '../sources/logs/record-reader.ts'
import { ManifestError } from './manifest.ts'
import { type TextColumn, TextColumnBuilder } from './text-column.ts'

const LABEL_COLUMNS = ['label', 'target', 'class']
const TOOL_COLUMNS = ['tool', 'family']
const MEANING: Readonly<Record<string, 0 | 1>> = {
  ...{ '0': 0, benign: 0, normal: 0, legitimate: 0 },
  ...{ '1': 1, attack: 1, malicious: 1, tunnel: 1, exfiltration: 1 },
}
/** No label that we know. */
export const NO_LABEL = 2

/** Labels of a table's records by their number, counted from 1 with the header, as sources give positions. */
export interface RowLabels {
  readonly labels: Uint8Array
  readonly tools: TextColumn
}

/** Labels of a table with a label column; undefined where it has none. Throws where the label column holds no label. */
export async function readRowLabels(file: InputFile, column: string | undefined): Promise<RowLabels | undefined> {
  const layout = findCsvLayout(await readHead(file), column)
  if (typeof layout === 'string' || layout.header === undefined) return undefined
  const cells = new CsvCells()
  const header = Buffer.from(layout.header, 'latin1')
  cells.cut(header, 0, header.length, layout.separator)
  const names = cells.texts().map((name) => name.toLowerCase())
  const find = (wanted: readonly string[]) => names.findIndex((name) => wanted.includes(name))
  const label = find(LABEL_COLUMNS)
  if (label < 0) return undefined

  const labels: number[] = [NO_LABEL]
  const tools = new TextColumnBuilder()
  tools.add('')
  const tool = find(TOOL_COLUMNS)
  const reader = new RecordReader(layout.separator)
  const drain = () => {
    while (reader.next()) {
      cells.cut(reader.bytes, reader.start, reader.end, layout.separator)
      // Records too long to be read have numbers too.
      while (labels.length < reader.number) {
        labels.push(NO_LABEL)
        tools.add('')
      }
      labels.push(MEANING[textOf(cells, label).toLowerCase()] ?? NO_LABEL)
      tools.add(tool < 0 ? '' : textOf(cells, tool))
    }
  }
  for await (const chunk of file.chunks((sentence) => stop(sentence))) {
    reader.feed(chunk)
    drain()
  }
  reader.finish()
  drain()
  if (labels.every((value) => value === NO_LABEL)) {
    throw new ManifestError(
      `${file.path} has a column "${names[label]}" without a label that is known: write 0 and 1, or benign and attack.`,
    )
  }
  return { labels: Uint8Array.from(labels), tools: tools.build() }
}

function textOf(cells: CsvCells, cell: number): string {
  if (!cells.open(cell)) return ''
  return Buffer.from(cells.bytes.subarray(cells.start, cells.end)).toString('utf8')
}

function stop(sentence: string): never {
  throw new ManifestError(sentence)
}
