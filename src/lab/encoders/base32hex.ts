import { createPlainEncoder } from './plain.ts'
import { base32HexSymbols } from './symbols.ts'

/** Sorts as its payload does; NSEC3 hashes look the same (RFC 5155 3.3). */
export const base32hex = createPlainEncoder({
  name: 'base32hex',
  description: '30 octets as one label of 48 characters (RFC 4648 7, lower case).',
  symbols: base32HexSymbols,
  octets: 30,
  payloadOctetsAName: 29.9,
})
