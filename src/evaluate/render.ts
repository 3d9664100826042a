import type { Section } from './section.ts'

/** Formats of a report. `ndjson` holds the figures unrounded. */
export const FORMATS = ['table', 'markdown', 'ndjson'] as const
export type Format = (typeof FORMATS)[number]

const RENDERERS: Readonly<Record<Format, (section: Section) => string>> = { table, markdown, ndjson }

/** A report as text that ends with a line break. */
export function renderReport(sections: readonly Section[], format: Format): string {
  const blank = format === 'ndjson' ? '' : '\n'
  return sections.map(RENDERERS[format]).join(blank)
}

function table({ title, notes, columns, cells }: Section): string {
  const widths = columns.map((column, i) => Math.max(column.title.length, ...cells.map((row) => row[i].length)))
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) => (columns[i].numeric ? cell.padStart(widths[i]) : cell.padEnd(widths[i])))
      .join('  ')
      .trimEnd()
  const rows = [columns.map((column) => column.title), ...cells]
  return [title.toUpperCase(), ...notes, ...(columns.length > 0 ? rows.map(line) : []), ''].join('\n')
}

function markdown({ title, notes, columns, cells }: Section): string {
  const line = (row: readonly string[]) => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  const rule = columns.map((column) => (column.numeric ? '--:' : '---'))
  const rows =
    columns.length > 0 ? ['', line(columns.map((column) => column.title)), line(rule), ...cells.map(line)] : []
  return [`## ${title}`, '', ...notes, ...rows, ''].join('\n')
}

function ndjson({ name, rows }: Section): string {
  return rows.map((row) => `${JSON.stringify({ kind: 'evaluation', section: name, ...row })}\n`).join('')
}
