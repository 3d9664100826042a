import { decodeNumber } from './big-number.ts'
import type { Codec } from './codec.ts'

/**
 * A whole number in base 36, one a name (labels joined) or one a label: octets of a block, most significant first, so
 * a block's leading zero octets are lost. Every lower-case host name is a number in base 36: only plain text convinces.
 */
export const base36Codecs: readonly Codec[] = [
  (labels: readonly string[]) => decodeNumber(labels.join(''), 36),
  (labels: readonly string[]) => joinAll(labels.map((label) => decodeNumber(label, 36))),
].map((decode) => ({ name: 'base36', style: 'generic-base36', symbols: '', printableMin: 0.97, across: false, decode }))

/** All parts one after the other, or null where one is missing. */
export function joinAll(parts: readonly (Uint8Array | null)[]): Uint8Array | null {
  return parts.every((part) => part !== null) ? Buffer.concat(parts) : null
}
