import { type MessageRead, NOTHING, REFUSED } from './message-read.ts'

/** Columns of the original system's table: 14 features and the time before them, perhaps the subdomain flag, a label. */
const CELLS_MIN = 14
const CELLS_MAX = 17
const TEXT_MAX = 1024

/**
 * A row of the original system's table as it sent them: text, often JSON-encoded with its line end. Its producer sent the
 * header line too, with a byte order mark, or with what is left of one that was read as Latin-1.
 */
export function readLegacyText(line: string): MessageRead {
  const text = line.replace(/^(?:\ufeff|\u00ef\u00bb\u00bf)/, '').trimEnd()
  if (text === '' || text.length > TEXT_MAX) return REFUSED['schema-unknown']
  if (/^timestamp,/i.test(text) || /(?:^|,)FQDN_count(?:,|$)/.test(text)) return NOTHING
  const cells = text.split(',')
  if (cells.length < CELLS_MIN || cells.length > CELLS_MAX) return REFUSED['schema-unknown']
  // The second cell is the name's length: a list of names that holds commas is something else.
  if (!/^\d{1,3}$/.test(cells[1])) return REFUSED['legacy-invalid']
  return { kind: 'legacy', text }
}
