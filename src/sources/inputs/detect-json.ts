import { depthWithin, JSON_DEPTH_MAX } from '../logs/json-depth.ts'
import type { Detected } from './input-type.ts'

/** Fields only Zeek's dns.log has; `query` alone would fit a search engine's log. */
const DNS_FIELDS = ['query', 'qtype', 'qtype_name', 'rcode', 'rcode_name', 'trans_id']

/** Zeek's logs as one JSON object a line, and other JSON by name; undefined where the lines are not JSON. */
export function detectJson(lines: readonly string[]): Detected | undefined {
  const first = lines.find((line) => line.trim() !== '')?.trim() ?? ''
  if (!/^(\{|\[\s*[{\]])/.test(first)) return undefined
  const objects = lines.slice(0, 50).flatMap(parseObject)
  if (objects.some((fields) => DNS_FIELDS.some((field) => field in fields))) return { type: 'zeek-json' }
  // Most lines of an eve.json are of other events; dns ones may stand anywhere in it.
  if (objects.some((fields) => 'event_type' in fields && 'timestamp' in fields)) return { type: 'eve' }
  const path = objects.find((fields) => typeof fields._path === 'string')?._path
  if (path || objects.some((fields) => 'uid' in fields && 'ts' in fields)) {
    const kind = typeof path === 'string' && /^[\w-]{1,40}$/.test(path) ? `${path} log` : 'log of another kind'
    const reason = `is Zeek's ${kind}, not its dns log.`
    const isConn = path === 'conn' || (path === undefined && objects.some((fields) => 'conn_state' in fields))
    return { type: isConn ? 'zeek-conn-json' : 'zeek-other', reason }
  }
  return { type: 'unknown', reason: 'is JSON, but not a DNS log with one object a line.' }
}

function parseObject(line: string): Record<string, unknown>[] {
  const bytes = Buffer.from(line, 'latin1')
  if (!line.trimStart().startsWith('{') || !depthWithin(bytes, 0, bytes.length, JSON_DEPTH_MAX)) return []
  try {
    return [JSON.parse(line)]
  } catch {
    return []
  }
}
