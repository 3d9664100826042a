import { createPlainEncoder } from './plain.ts'
import { base36Symbols } from './symbols.ts'

/** The densest that survives a change of case: 5.17 bits a character. */
export const base36 = createPlainEncoder({
  name: 'base36',
  description: '20 octets as one number of 31 digits in base 36.',
  symbols: base36Symbols,
  octets: 20,
  payloadOctetsAName: 20,
})
