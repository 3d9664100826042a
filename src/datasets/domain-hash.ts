import type { CanonicalBatch } from '../detect/canonical-batch.ts'
import { parseName } from '../dns/name.ts'
import { hashed, hashOctets } from '../stats/hash.ts'

const wire = new Uint8Array(255)

/** The key under which L0 knows a registered domain, from its text; no row's where the text is no name. */
export function domainHash(text: string): string {
  const length = parseName(text, wire, 0)
  hashOctets(wire, 0, Math.max(0, length), 0, true)
  return `${hashed.lo},${hashed.hi}`
}

/** The same of a row's registered domain. */
export function rowDomainHash({ domainLo, domainHi }: CanonicalBatch, row: number): string {
  return `${domainLo[row]},${domainHi[row]}`
}
