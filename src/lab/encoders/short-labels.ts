import { createPlainEncoder } from './plain.ts'
import { base32Symbols } from './symbols.ts'

/** Under every limit on label length: the payload goes into more labels instead. */
export const shortLabels = createPlainEncoder({
  name: 'short-labels',
  description: '15 octets as three labels of 8 characters (RFC 4648 6, lower case).',
  symbols: base32Symbols,
  octets: 15,
  labelOctets: 8,
  payloadOctetsAName: 15,
})
