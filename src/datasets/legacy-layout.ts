import { LEGACY_LABELS, LEGACY_NUMBERS, LEGACY_TEXTS } from '../features/legacy/columns.ts'
import { CsvCells } from '../sources/logs/csv-cells.ts'
import { RecordReader } from '../sources/logs/record-reader.ts'

export const COMMA = 0x2c

/** Where a legacy table keeps its columns. */
export interface LegacyLayout {
  readonly columns: number
  readonly numbers: readonly number[]
  readonly texts: readonly number[]
  readonly label: number
  readonly timestamp: number
}

/**
 * The layout of a table by its first octets; one sentence, to stand behind its name, where a column is missing; and
 * undefined where the table is of another kind.
 */
export function findLegacyLayout(head: Uint8Array): LegacyLayout | string | undefined {
  const reader = new RecordReader(COMMA)
  reader.feed(head)
  reader.finish()
  if (!reader.next()) return undefined
  const cells = new CsvCells()
  cells.cut(reader.bytes, reader.start, reader.end, COMMA)
  return layoutOfHeader(cells.texts())
}

function layoutOfHeader(header: readonly string[]): LegacyLayout | string | undefined {
  const isLegacy = ['FQDN_count', 'longest_word'].every((name) => header.includes(name))
  if (!isLegacy) return undefined
  const missing = [...LEGACY_NUMBERS, ...LEGACY_TEXTS].find(({ csv }) => !header.includes(csv))
  if (missing) return `has no column "${missing.csv}": it is no whole table of legacy features.`
  const label = header.findIndex((name) => LEGACY_LABELS.includes(name))
  if (label < 0) return `has no column "${LEGACY_LABELS.join('" or "')}", so its rows have no label.`
  return {
    columns: header.length,
    numbers: LEGACY_NUMBERS.map(({ csv }) => header.indexOf(csv)),
    texts: LEGACY_TEXTS.map(({ csv }) => header.indexOf(csv)),
    label,
    timestamp: header.indexOf('timestamp'),
  }
}
