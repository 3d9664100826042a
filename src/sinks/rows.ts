import type { Layout } from './incident-format.ts'
import { printable } from './printable.ts'
import { paint } from './style.ts'
import { columnsOf, fit, wrap } from './text-layout.ts'

/** Columns of a block's keys, and the blanks in front of them. */
const KEY_COLUMNS = 10
const INDENT = '  '
/** Figures are short; what is longer than this is no figure. */
const CELL_COLUMNS = 18

/** Columns left for what stands behind a key. */
export function valueColumns(layout: Layout): number {
  return layout.columns - INDENT.length - KEY_COLUMNS
}

/** Lines under one key: the key before the first, blanks before the others. Lines must fit {@link valueColumns}. */
export function keyed(key: string, lines: readonly string[], layout: Layout): string[] {
  return lines.map((line, i) => {
    const left = i === 0 ? key : ''
    const gap = line === '' ? '' : ' '.repeat(KEY_COLUMNS - left.length)
    return `${INDENT}${paint(left, 'faint', layout)}${gap}${line.trimEnd()}`.trimEnd()
  })
}

/** Texts under one key, each wrapped and set in from its second line on. */
export function paragraphs(key: string, texts: readonly string[], layout: Layout): string[] {
  const lines = texts.flatMap((text) =>
    wrap(text, valueColumns(layout) - 2).map((line, i) => (i === 0 ? line : `  ${line}`)),
  )
  return keyed(key, lines, layout)
}

/** Cells in columns under one key: the first to the left and wrapped where it must be, the others to the right. */
export function grid(key: string, texts: readonly (readonly string[])[], layout: Layout): string[] {
  const rows = texts.map(([name, ...cells]) => [name, ...cells.map((cell) => fit(cell, CELL_COLUMNS))])
  const widths = rows[0].slice(1).map((_, i) => Math.max(...rows.map((row) => columnsOf(row[i + 1]))))
  const taken = widths.reduce((sum, width) => sum + width + 2, 0)
  const longest = Math.max(...rows.map((row) => columnsOf(printable(row[0]))))
  const first = Math.max(8, Math.min(longest, valueColumns(layout) - taken))
  const lines = rows.flatMap(([name, ...cells]) => {
    const names = wrap(name, first)
    const right = cells.map((cell, i) => `  ${' '.repeat(widths[i] - columnsOf(cell))}${cell}`).join('')
    const last = names.pop() ?? ''
    return [...names, last + ' '.repeat(Math.max(0, first - columnsOf(last))) + right]
  })
  return keyed(key, lines, layout)
}
