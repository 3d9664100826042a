import { type Incident, SEVERITIES } from '../detect/incident.ts'
import { isClientScope, isInScope } from './client-scope.ts'
import type { IncidentRecord } from './records.ts'
import { STANDINGS, type Stand } from './standing.ts'

/** Terms of one search, past which the rest is not read. */
const TERMS_MAX = 32

type Test = (record: IncidentRecord, stand: Stand) => boolean
type Order = (a: IncidentRecord, b: IncidentRecord) => number

/** A search that was understood, or the sentence that says what was not. */
export type Search =
  | { readonly matches: Test; readonly order: Order; readonly problem?: undefined }
  | { readonly problem: string }

const ORDERS: Readonly<Record<string, (incident: Incident) => number>> = {
  time: ({ lastSeen }) => (lastSeen ? Date.parse(lastSeen) : 0),
  severity: ({ severity }) => SEVERITIES.indexOf(severity),
  out: ({ bytesOut }) => bytesOut,
  in: ({ bytesIn }) => bytesIn,
  queries: ({ queries }) => queries,
  score: ({ score }) => score,
}

/** What a field's value is compared with; a sentence where the value is none of its kind. */
const FIELDS: Readonly<Record<string, (value: string) => Test | string>> = {
  src: (value) =>
    isClientScope(value)
      ? ({ incident }) => incident.clients.some((client) => isInScope(client, value))
      : 'src: takes an address or a prefix, as in src:10.0.0.0/8',
  domain:
    (value) =>
    ({ incident }) =>
      [incident.registeredDomain, ...incident.relatedDomains].some(
        (name) => name === value || name.endsWith(`.${value}`),
      ),
  class:
    (value) =>
    ({ incident }) =>
      incident.class.startsWith(value),
  tool:
    (value) =>
    ({ incident }) =>
      (incident.style?.guess ?? '').toLowerCase().startsWith(value),
  detector:
    (value) =>
    ({ incident }) =>
      incident.detectors.some(({ name, fired }) => fired && name.startsWith(value)),
  type:
    (value) =>
    ({ incident }) =>
      Object.keys(incident.evidence.qtypes).some((type) => type.toLowerCase() === value),
  severity: (value) => compared(value, SEVERITIES, ({ incident }) => incident.severity, 'severity:>=high'),
  is: (value) => {
    if (value === 'demo') return ({ demo }) => demo
    if (value === 'burn-in') return ({ burnIn }) => burnIn
    const known = STANDINGS.some((standing) => standing === value)
    return known ? (_, { standing }) => standing === value : `is: takes ${[...STANDINGS, 'demo', 'burn-in'].join(', ')}`
  },
  out: (value) => numbered(value, ({ bytesOut }) => bytesOut, 'out:>=1000'),
  queries: (value) => numbered(value, ({ queries }) => queries, 'queries:>100'),
}

/**
 * Reads a search: fields (`src:10.0.0.0/8 domain:evil.example severity:>=high is:open tool:iodine out:>1000`), bare words that stand
 * in a domain, a client or a sample name, `-` in front of what must not match, and `sort:severity` or `sort:out-asc`.
 *
 * @example
 * const search = parseSearch('severity:>=high -tool:iodine sort:out')
 */
export function parseSearch(text: string): Search {
  const tests: Test[] = []
  let order = orderBy('time', false)
  for (const word of text.trim().toLowerCase().split(/\s+/).filter(Boolean).slice(0, TERMS_MAX)) {
    const not = word.startsWith('-') && word.length > 1
    const term = not ? word.slice(1) : word
    const colon = term.indexOf(':')
    const field = colon < 0 ? '' : term.slice(0, colon)
    const value = term.slice(colon + 1)
    if (field === 'sort') {
      const [, by, ascending] = /^([a-z]+)(?:-(asc|desc))?$/.exec(value) ?? []
      if (ORDERS[by ?? ''] === undefined) return { problem: `sort: takes ${Object.keys(ORDERS).join(', ')}` }
      order = orderBy(by, ascending === 'asc')
      continue
    }
    const test = Object.hasOwn(FIELDS, field) ? FIELDS[field](value) : textTest(term)
    if (typeof test === 'string') return { problem: test }
    tests.push(not ? (record, stand) => !test(record, stand) : test)
  }
  return { matches: (record, stand) => tests.every((test) => test(record, stand)), order }
}

function textTest(word: string): Test {
  return ({ incident }) => {
    const { id, registeredDomain, relatedDomains, clients, evidence } = incident
    return [id, registeredDomain, ...relatedDomains, ...clients, ...evidence.sampleQnames].some((text) =>
      text.toLowerCase().includes(word),
    )
  }
}

function orderBy(by: string, ascending: boolean): Order {
  const value = ORDERS[by]
  return (a, b) => (value(b.incident) - value(a.incident)) * (ascending ? -1 : 1)
}

const COMPARED = /^(>=|<=|>|<|)(.+)$/

function compared(value: string, words: readonly string[], of: (record: IncidentRecord) => string, example: string) {
  const [, sign, word] = COMPARED.exec(value) ?? []
  const limit = words.indexOf(word)
  if (limit < 0) return `takes ${words.join(', ')}, as in ${example}`
  return (record: IncidentRecord) => holds(words.indexOf(of(record)), sign, limit)
}

function numbered(value: string, of: (incident: Incident) => number, example: string): Test | string {
  const [, sign, digits] = COMPARED.exec(value) ?? []
  if (!/^\d{1,15}(\.\d+)?$/.test(digits ?? '')) return `takes a number, as in ${example}`
  return ({ incident }) => holds(of(incident), sign, Number(digits))
}

function holds(value: number, sign: string, limit: number): boolean {
  if (sign === '>=') return value >= limit
  if (sign === '<=') return value <= limit
  if (sign === '>') return value > limit
  return sign === '<' ? value < limit : value === limit
}
