import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import type { Answer, Provider } from './fact.ts'

/** Lines of a list; popularity lists have a million. */
const LINES_MAX = 5_000_000
const DOMAIN = /^(?:[a-z0-9_](?:[a-z0-9_-]{0,62})\.)+[a-z0-9-]{2,63}$/

/** A list that cannot be read: one sentence for an operator. */
export class ListError extends Error {
  override readonly name = 'ListError'
}

/**
 * The rank of a domain in a list of popular ones: `rank,domain` a line, as Tranco and Umbrella write it. A domain that it lacks is not
 * unpopular but unknown. Throws a {@link ListError} where the file cannot be read.
 */
export function popularity(path: string): Provider {
  const ranks = new Map<string, number>()
  const asOf = readLines(path, (line) => {
    const [rank, domain] = line.split(',')
    if (domain !== undefined && /^\d{1,9}$/.test(rank) && DOMAIN.test(domain)) ranks.set(domain, Number(rank))
  })
  if (ranks.size === 0)
    throw new ListError(`${path} holds no line of the form rank,domain, as Tranco's and Umbrella's lists do.`)
  return local('popularity', (domain) => {
    const rank = ranks.get(domain)
    if (rank === undefined) return { missing: 'unknown' }
    const words = `rank ${rank.toLocaleString('en-US')} of ${ranks.size.toLocaleString('en-US')}`
    return { fact: { kind: 'popularity', words, value: rank, source: basename(path), asOf } }
  })
}

/**
 * Whether a domain, or a name under it, stands in a list of threats: a domain a line, a table with one in some column, or a hosts file.
 * Comments and what is no domain are passed over. Throws a {@link ListError}.
 */
export function threatList(path: string, registeredDomain: (name: string) => string): Provider {
  const listed = new Set<string>()
  const asOf = readLines(path, (line) => {
    if (line.startsWith('#') || line.startsWith('!')) return
    const name = line.split(/[\s,;"|^]+/).find((cell) => DOMAIN.test(cell) && !/^\d+(\.\d+){3}$/.test(cell))
    if (name !== undefined) listed.add(registeredDomain(name))
  })
  if (listed.size === 0)
    throw new ListError(`${path} holds no domain that could be a threat: name a list with one a line.`)
  return local('list', (domain) => {
    if (!listed.has(domain)) return { missing: 'unknown' }
    return { fact: { kind: 'list', words: 'stands in a list of threats', value: null, source: basename(path), asOf } }
  })
}

function local(kind: Provider['kind'], answer: (domain: string) => Answer): Provider {
  return { kind, isRemote: false, ask: async (domain) => answer(domain) }
}

/** Calls back with each line, folded and trimmed, a byte-order mark left out; returns when the file was written. */
function readLines(path: string, take: (line: string) => void): string {
  let text: string
  let written: Date
  try {
    text = readFileSync(path, 'latin1')
    written = statSync(path).mtime
  } catch (cause) {
    throw new ListError(`The list ${path} cannot be read: check its name and who may read it.`, { cause })
  }
  const whole = text.startsWith('\xef\xbb\xbf') ? text.slice(3) : text
  let count = 0
  for (const line of whole.split(/\r?\n/)) {
    if (++count > LINES_MAX) break
    const folded = line.trim().toLowerCase()
    if (folded !== '') take(folded)
  }
  return written.toISOString()
}
