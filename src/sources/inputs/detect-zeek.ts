import { defaultFields } from '../logs/zeek-header.ts'
import type { Detected } from './input-type.ts'

const DIRECTIVE = /^#(separator|set_separator|empty_field|unset_field|path|open|fields|types)[ \t\\]/

/**
 * Zeek's tab-separated logs, of dns or another kind; undefined where the lines are neither.
 *
 * A piece of a rotated log without its header is recognised by its columns; where they are not those of dns.log it
 * is taken for another Zeek log.
 */
export function detectZeek(lines: readonly string[]): Detected | undefined {
  const directives = lines.filter((line) => DIRECTIVE.test(line))
  if (directives.length > 0) {
    const path = valueAfter(directives, '#path')
    const fields = valueAfter(directives, '#fields')
    if (path === 'dns' || (path === undefined && fields && /(^|\W)query(\W|$)/.test(fields)))
      return { type: 'zeek-tsv' }
    // Header cut after its first lines: nothing speaks against dns.
    if (path === undefined && fields === undefined) return { type: 'zeek-tsv' }
    return other(path)
  }
  const rows = lines.filter((line) => line !== '' && !line.startsWith('#')).slice(0, 20)
  const epochs = rows.filter((row) => /^\d{9,10}(\.\d+)?\t/.test(row))
  if (epochs.length === 0 || epochs.length * 2 < rows.length) return undefined
  const dns = epochs.filter((row) => {
    const cells = row.split('\t')
    const fields = defaultFields(cells.length)
    return (
      /^[TF-]$/.test(cells[fields.indexOf('RD')] ?? '') && /^(udp|tcp|-)$/.test(cells[fields.indexOf('proto')] ?? '')
    )
  })
  return dns.length * 2 >= epochs.length ? { type: 'zeek-tsv' } : other(undefined)
}

function valueAfter(lines: readonly string[], name: string): string | undefined {
  return lines.find((line) => line.startsWith(name))?.slice(name.length + 1)
}

function other(path: string | undefined): Detected {
  return { type: 'zeek-other', reason: `is Zeek's ${path ? `${path} log` : 'log of another kind'}, not its dns log.` }
}
