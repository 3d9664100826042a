import { createPlainEncoder } from './plain.ts'
import { decimalSymbols, type Symbols } from './symbols.ts'

/** Looks like an order or a phone number; entropy is 3.3 bits a character at most. */
export const decimal = createPlainEncoder({
  name: 'decimal',
  description: '4 octets as one number of 10 decimal digits, most significant octet first.',
  symbols: decimalSymbols,
  octets: 4,
  payloadOctetsAName: 4,
})

const threeDigits: Symbols = {
  lengthOf: (octets) => octets * 3,
  encode: (octets) => Array.from(octets, (octet) => String(octet).padStart(3, '0')).join(''),
  decode: (text) => Uint8Array.from(text.match(/\d{3}/g) ?? [], Number),
}

export const decimalOctets = createPlainEncoder({
  name: 'decimal-octets',
  description: '16 octets as three decimal digits each, one label of 48.',
  symbols: threeDigits,
  octets: 16,
  payloadOctetsAName: 16,
})
