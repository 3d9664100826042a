import { randomHex } from '../noise.ts'
import { addresses, nothing } from './lookup.ts'
import { createShape } from './shape.ts'

/** A cut hash of a file, asked before it may run. */
export const antivirusHash = createShape(
  'antivirus-hash',
  'An antivirus asks a file hash of 26 hexadecimal digits; a known file has an address.',
  'hash-check.example',
  (random) => ({ labels: [randomHex(random, 26), 'avqs'], ...(random() < 0.7 ? addresses(1) : nothing) }),
)

/** SHA-256 in two labels, since one holds 63 characters. */
export const malwareHash = createShape(
  'malware-hash',
  'A gateway asks a SHA-256 as two labels of 32 hexadecimal digits; most files are unknown.',
  'reputation.example',
  (random) => ({
    labels: [randomHex(random, 32), randomHex(random, 32), 'malware-hash'],
    ...(random() < 0.1 ? addresses(1) : nothing),
  }),
)
