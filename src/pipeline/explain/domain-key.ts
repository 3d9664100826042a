import { domainToASCII } from 'node:url'
import { DnsBatch } from '../../batch/dns-batch.ts'
import { Canonicaliser } from '../../detect/canonical.ts'
import { CanonicalBatch } from '../../detect/canonical-batch.ts'
import { presentName } from '../../detect/present.ts'
import { foldedCopy } from '../../dns/folded-copy.ts'
import { countLabels, NAME_OCTETS_MAX, parseName } from '../../dns/name.ts'
import { loadPublicSuffixes } from '../../dns/public-suffix.ts'

/** What accounts of a domain are kept under. */
export interface DomainKey {
  /** The registered domain, folded. */
  readonly domain: string
  /** The same in wire form. */
  readonly wire: Uint8Array
  readonly lo: number
  readonly hi: number
}

/**
 * The key of the registered domain a name belongs to, found by L0 itself, so that it cannot differ from what a scan
 * books. Undefined where the name is no name, or a public suffix, under which nothing is booked.
 *
 * @example
 * domainKey('x.y.example.co.uk')?.domain // 'example.co.uk'
 */
export function domainKey(name: string): DomainKey | undefined {
  // Names in messages are punycode; people type letters.
  const ascii = /^[\x20-\x7e]*$/.test(name) ? name : domainToASCII(name)
  const wire = new Uint8Array(NAME_OCTETS_MAX + 1)
  const length = parseName(ascii, wire, 0)
  if (length <= 0) return undefined
  const batch = new DnsBatch(1)
  const row = batch.addRow()
  batch.setName(row, wire, 0, length, countLabels(wire, 0, length))
  const rows = new CanonicalBatch(1)
  new Canonicaliser(loadPublicSuffixes(), 0).canonicalise(batch, rows)
  const octets = rows.domainLength[row]
  if (octets === 0) return undefined
  const start = rows.domainOffset[row]
  const folded = foldedCopy(wire, start, octets)
  return { domain: presentName(folded), wire: folded, lo: rows.domainLo[row], hi: rows.domainHi[row] }
}
