import type { ClientFact } from '../../detect/client-facts.ts'
import type { HandOver } from './hand-over.ts'

/** Fields of a fact in the order they are written; those of the second list are texts of one octet a character. */
const NUMBERS = [
  ...(['clientLo', 'clientHi', 'domainLo', 'domainHi', 'firstMs', 'lastMs', 'queries', 'names', 'octets'] as const),
  ...(['excessOctets', 'prefixOctets', 'answerOctets', 'namesSum', 'answersSum', 'qtype', 'input'] as const),
] as const satisfies readonly (keyof ClientFact)[]
const TEXTS = ['client', 'domain', 'sample'] as const satisfies readonly (keyof ClientFact)[]

const ADDRESS_OCTETS = 16
const NAME_OCTETS_MAX = 255
/** Nobody hands over more: a partition keeps 64 facts a minute. */
const FACTS_MAX = 4096

/**
 * A hand-over as JSON: `{"kind":"facts","partition":3,"passedMs":..,"idle":false,"facts":[[numbers.., texts.., invented]..],
 * "alerted":[[lo,hi]..]}`. Numbers are written so that they are read back to the bit.
 */
export function encodeHandOver({ partition, passedMs, idle, facts, alerted }: HandOver): string {
  const rows = facts.map((fact) => [
    ...NUMBERS.map((field) => fact[field]),
    ...TEXTS.map((field) => fact[field]),
    fact.invented ? 1 : 0,
  ])
  return JSON.stringify({ kind: 'facts', partition, passedMs, idle, facts: rows, alerted })
}

/** A hand-over, or why the octets are none. Only our own workers write them; anybody may have. */
export function decodeHandOver(value: Uint8Array | null): HandOver | string {
  if (value === null) return 'empty'
  let read: Record<string, unknown>
  try {
    read = JSON.parse(Buffer.from(value.buffer, value.byteOffset, value.length).toString('utf8'))
  } catch {
    return 'no JSON'
  }
  if (read === null || typeof read !== 'object' || read.kind !== 'facts') return 'no hand-over'
  const { partition, passedMs, idle, facts, alerted } = read
  if (!Number.isInteger(partition) || typeof passedMs !== 'number' || typeof idle !== 'boolean') return 'no hand-over'
  if (!Array.isArray(facts) || facts.length > FACTS_MAX || !facts.every(isFact)) return 'facts of another shape'
  if (!Array.isArray(alerted) || !alerted.every(isHash)) return 'hashes of another shape'
  return { partition: partition as number, passedMs, idle, facts: facts.map(readFact), alerted }
}

function isFact(row: unknown): boolean {
  if (!Array.isArray(row) || row.length !== NUMBERS.length + TEXTS.length + 1) return false
  if (!row.slice(0, NUMBERS.length).every((value) => Number.isFinite(value))) return false
  const [client, domain, sample] = row.slice(NUMBERS.length, NUMBERS.length + TEXTS.length) as unknown[]
  return isOctets(client, ADDRESS_OCTETS) && isOctets(domain, NAME_OCTETS_MAX) && isOctets(sample, NAME_OCTETS_MAX)
}

function isOctets(text: unknown, octetsMax: number): boolean {
  return typeof text === 'string' && text.length <= octetsMax && !/[^\0-\xff]/.test(text)
}

function isHash(pair: unknown): boolean {
  return Array.isArray(pair) && pair.length === 2 && pair.every((value) => Number.isInteger(value))
}

function readFact(row: (number | string)[]): ClientFact {
  const names = [...NUMBERS, ...TEXTS]
  const fact = Object.fromEntries(names.map((field, i) => [field, row[i]]))
  return { ...fact, invented: row[names.length] === 1 } as unknown as ClientFact
}
