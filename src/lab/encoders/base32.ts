import { createPlainEncoder } from './plain.ts'
import { base32Symbols } from './symbols.ts'

/** Survives resolvers that change the case, hence the tools' favourite. */
export const base32 = createPlainEncoder({
  name: 'base32',
  description: '30 octets as one label of 48 characters (RFC 4648 6, lower case).',
  symbols: base32Symbols,
  octets: 30,
  payloadOctetsAName: 29.9,
})

/** Below most limits on length and entropy: 7 characters. */
export const base32Short = createPlainEncoder({
  name: 'base32-short',
  description: '4 octets as one label of 7 characters (RFC 4648 6, lower case).',
  symbols: base32Symbols,
  octets: 4,
  payloadOctetsAName: 4,
})

export const base32Long = createPlainEncoder({
  name: 'base32-long',
  description: 'As many octets as the name holds, in labels of 63 (RFC 4648 6, lower case).',
  symbols: base32Symbols,
  payloadOctetsAName: 144.2,
})
