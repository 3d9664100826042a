import { CONN_STATES } from '../../batch/flow-batch.ts'
import { defaultFields } from '../logs/zeek-header.ts'
import type { Detected } from './input-type.ts'

/** What the columns of conn.log hold that no other log of Zeek has in these places. */
const PROTO = /^(udp|tcp|icmp|unknown_transport)$/
const STATES: ReadonlySet<string | undefined> = new Set(CONN_STATES.slice(1))

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
    if (path !== undefined && /^conn([._-]|$)/.test(path)) return { type: 'zeek-conn', reason: notDns(path) }
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
  if (dns.length * 2 >= epochs.length) return { type: 'zeek-tsv' }
  const conn = epochs.map((row) => row.split('\t')).filter((cells) => PROTO.test(cells[6]) && STATES.has(cells[11]))
  return conn.length * 2 >= epochs.length ? { type: 'zeek-conn', reason: notDns('conn') } : other(undefined)
}

function valueAfter(lines: readonly string[], name: string): string | undefined {
  return lines.find((line) => line.startsWith(name))?.slice(name.length + 1)
}

function notDns(path: string | undefined): string {
  return `is Zeek's ${path ? `${path} log` : 'log of another kind'}, not its dns log.`
}

function other(path: string | undefined): Detected {
  return { type: 'zeek-other', reason: notDns(path) }
}
