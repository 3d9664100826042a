import { joinAll } from './base36.ts'
import { decodeNumber } from './big-number.ts'
import type { Codec } from './codec.ts'

/**
 * Decimal: three digits an octet, one octet a label, or one whole number a name or a label. Addresses, dates and
 * numbers of hosts are decimal too: only plain text convinces.
 */
export const decimalCodecs: readonly Codec[] = [
  (labels: readonly string[]) => triples(labels.join('')),
  (labels: readonly string[]) => joinAll(labels.map(oneOctet)),
  (labels: readonly string[]) => decodeNumber(labels.join(''), 10),
  (labels: readonly string[]) => joinAll(labels.map((label) => decodeNumber(label, 10))),
].map((decode) => ({
  name: 'decimal',
  style: 'generic-decimal',
  symbols: '',
  printableMin: 0.95,
  across: false,
  decode,
}))

function triples(digits: string): Uint8Array | null {
  if (digits.length % 3 !== 0) return null
  return joinAll((digits.match(/.{3}/gs) ?? []).map(oneOctet))
}

function oneOctet(digits: string): Uint8Array | null {
  const value = /^\d{1,3}$/.test(digits) ? Number(digits) : 256
  return value < 256 ? Uint8Array.of(value) : null
}
