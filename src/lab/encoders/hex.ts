import { createPlainEncoder } from './plain.ts'
import { hexSymbols } from './symbols.ts'

/** As most home-made scripts do it. Digits are 62 % of the characters. */
export const hex = createPlainEncoder({
  name: 'hex',
  description: '30 octets as one label of 60 hexadecimal digits.',
  symbols: hexSymbols,
  octets: 30,
  payloadOctetsAName: 29.9,
})

export const hexLong = createPlainEncoder({
  name: 'hex-long',
  description: 'As many octets as the name holds, as hexadecimal digits in labels of 63.',
  symbols: hexSymbols,
  payloadOctetsAName: 116.4,
})
