import { MASKED_OCTETS_MAX } from './masked-octets.ts'

const CLASS_IN = 1

/**
 * Writes what a model of octets may see of a query: the `prefixLength` octets of the name in front of its registered domain, its type
 * and its class, as {@link MaskedOctets} keeps them of the whole message. Returns how many octets that is.
 *
 * @example
 * maskedQuery(Buffer.from('\x03www\x01x\x04test'), 4, 16, out) // 8: 03 w w w 00 10 00 01
 */
export function maskedQuery(name: Uint8Array, prefixLength: number, qtype: number, out: Uint8Array): number {
  const kept = Math.min(prefixLength, name.length, out.length - 4, MASKED_OCTETS_MAX - 4)
  for (let i = 0; i < kept; i++) out[i] = name[i]
  out[kept] = qtype >>> 8
  out[kept + 1] = qtype & 0xff
  out[kept + 2] = 0
  out[kept + 3] = CLASS_IN
  return kept + 4
}
