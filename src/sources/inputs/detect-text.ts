import { RESOLVER_LOGS } from '../resolver-logs/index.ts'
import type { Detected } from './input-type.ts'

/** Shares of lines: nearly all must look like names, and half must have a dot, or any list of words would do. */
const NAMES_SHARE = 0.9
const DOTS_SHARE = 0.5

/** A name, perhaps with escapes and octets beyond ASCII; no blanks, separators or anything a sentence would have. */
const NAME = /^[\w.\-*\\\x80-\xff]{1,1016}$/
const KNOT = /^\S{19,25} \w+: Knot DNS [\d.]+ starting/
/** Longest cell of a first line that is still taken for a column's name or a value. */
const CELL_OCTETS_MAX = 256

/** Logs of name servers, of whose lines one is enough, lists of names, and tables with a separator; anything else is unknown. */
export function detectText(lines: readonly string[]): Detected {
  const rows = lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'))
  if (rows.length === 0) return { type: 'unknown', reason: 'holds nothing but comments and blank lines.' }
  const log = RESOLVER_LOGS.find(({ claims }) => rows.some(claims))
  if (log) return { type: log.type }
  if (rows.some((row) => KNOT.test(row))) {
    return {
      type: 'unknown',
      reason: "is Knot DNS's own log, which tells of no query: its mod-dnstap does, and is read.",
    }
  }
  const names = rows.filter((row) => NAME.test(row))
  const dotted = names.filter((name) => /[^.]\.[^.]/.test(name))
  if (names.length >= rows.length * NAMES_SHARE && dotted.length >= rows.length * DOTS_SHARE) return { type: 'names' }
  if (isTable(rows)) return { type: 'csv' }
  return { type: 'unknown', reason: 'is text, but no log, table or list of names that this version knows.' }
}

/** Whether the first line has two cells or more and most of the others as many. */
function isTable(rows: readonly string[]): boolean {
  for (const separator of [',', ';', '\t']) {
    const widths = rows.map((row) => row.replace(/"[^"]*"/g, '""').split(separator).length)
    const first = rows[0].split(separator)
    if (widths[0] < 2 || first.some((cell) => cell.length > CELL_OCTETS_MAX)) continue
    if (widths.filter((width) => width === widths[0]).length >= rows.length * 0.8) return true
  }
  return false
}
