import { createPlainEncoder } from './plain.ts'
import { base64UrlSymbols } from './symbols.ts'

/** Breaks behind resolvers that change the case; folded, it loses what it says. */
export const base64url = createPlainEncoder({
  name: 'base64url',
  description: '27 octets as one label of 36 characters (RFC 4648 5).',
  symbols: base64UrlSymbols,
  octets: 27,
  payloadOctetsAName: 26.9,
})

export const base64urlLong = createPlainEncoder({
  name: 'base64url-long',
  description: 'As many octets as the name holds, in labels of 63 (RFC 4648 5).',
  symbols: base64UrlSymbols,
  payloadOctetsAName: 173.6,
})
