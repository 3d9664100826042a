import { CsvCells } from './csv-cells.ts'
import { RecordReader } from './record-reader.ts'
import { scanAnyTimeMs } from './scan-time.ts'

/** Where a table keeps what we read; -1 where it has no such column. */
export interface CsvLayout {
  readonly separator: number
  /** The header's octets, to be skipped wherever they stand: tables get concatenated. Absent where there is none. */
  readonly header?: string
  readonly name: number
  readonly time: number
  readonly timeUnit: 'any' | 'ms'
  readonly client: number
  readonly qtype: number
}

/** Names of columns in lower case, the best first. */
const NAME_COLUMNS = ['qname', 'query', 'domain', 'name', 'fqdn']
const TIME_COLUMNS = ['timems', 'timestamp', 'time', 'ts']
const CLIENT_COLUMNS = ['client', 'client_ip', 'src', 'src_ip', 'user_ip']
const QTYPE_COLUMNS = ['qtype', 'qtype_name']
/** Two of the features the project's first system wrote instead of names. */
const LEGACY_COLUMNS = ['fqdn_count', 'longest_word']

const COMMA = 0x2c
/** Rows whose times must all be times before a table is taken to have any. */
const TIME_ROWS = 5

/** The layout of a table by its first octets, or one sentence, to stand behind its name, on what it lacks. */
export function findCsvLayout(head: Uint8Array, column: string | undefined): CsvLayout | string {
  const separator = findSeparator(head)
  const reader = new RecordReader(separator)
  reader.feed(head)
  reader.finish()
  const cells = new CsvCells()
  if (!nextRecord(reader)) return 'holds no table.'
  cells.cut(reader.bytes, reader.start, reader.end, separator)
  const texts = cells.texts()
  const columns = texts.map((text) => text.toLowerCase())
  const find = (wanted: readonly string[]) => columns.indexOf(wanted.find((name) => columns.includes(name)) ?? '\n')
  const name = column === undefined ? find(NAME_COLUMNS) : find([column.toLowerCase()])
  if (name < 0) {
    const bare = column === undefined ? nameOfBareRow(texts) : -1
    if (bare >= 0) return { separator, name: bare, time: -1, timeUnit: 'any', client: -1, qtype: -1 }
    return whatIsMissing(texts, columns, column)
  }
  const header = Buffer.from(reader.bytes.subarray(reader.start, reader.end)).toString('latin1')
  const time = find(TIME_COLUMNS)
  const timeUnit = columns[time] === 'timems' ? 'ms' : 'any'
  const timed = time >= 0 && timesParse(reader, cells, separator, time, timeUnit)
  const client = find(CLIENT_COLUMNS)
  return { separator, header, name, time: timed ? time : -1, timeUnit, client, qtype: find(QTYPE_COLUMNS) }
}

/** The separator that the first line has most of. */
function findSeparator(head: Uint8Array): number {
  const lineEnd = head.indexOf(0x0a)
  const line = lineEnd < 0 ? head : head.subarray(0, lineEnd)
  let best = COMMA
  let bestCount = 0
  for (const separator of [COMMA, 0x3b, 0x09]) {
    const count = line.reduce((sum, octet) => sum + (octet === separator ? 1 : 0), 0)
    if (count > bestCount) [best, bestCount] = [separator, count]
  }
  return best
}

/** Rank and name without a header, as top lists are published: one cell is a dotted name, all others are figures. */
function nameOfBareRow(texts: readonly string[]): number {
  const name = texts.findIndex((text) => /[^.\d]/.test(text) && /^[^\s.]+(\.[^\s.]+)+\.?$/.test(text))
  return texts.every((text, cell) => cell === name || /^[\d.]*$/.test(text)) ? name : -1
}

function whatIsMissing(texts: readonly string[], columns: readonly string[], column: string | undefined): string {
  if (LEGACY_COLUMNS.every((legacy) => columns.includes(legacy))) {
    return 'holds legacy features, not names; use `wakeful inspect`.'
  }
  const found = texts.slice(0, 20).map((text) => text.slice(0, 40).replace(/[^\x20-\x7e]/g, '?'))
  const missing = column === undefined ? 'no column of names that we know' : `no column ${column}`
  return `has ${missing}; of its columns ${found.join(', ')}, name the right one with --column.`
}

function timesParse(
  reader: RecordReader,
  cells: CsvCells,
  separator: number,
  time: number,
  unit: 'any' | 'ms',
): boolean {
  let rows = 0
  for (; rows < TIME_ROWS && nextRecord(reader); rows++) {
    cells.cut(reader.bytes, reader.start, reader.end, separator)
    // The head may end in the middle of its last record.
    if (!cells.open(time) || reader.end === reader.bytes.length) break
    if (Number.isNaN(scanAnyTimeMs(cells.bytes, cells.start, cells.end, unit))) return false
  }
  return rows > 0
}

/** The next record that is neither blank nor, in front of the header, a comment. */
function nextRecord(reader: RecordReader): boolean {
  while (reader.next()) if (reader.end > reader.start && reader.bytes[reader.start] !== 0x23) return true
  return false
}
