import { bitCodecs } from './bit-codec.ts'
import { bitAlphabet } from './bit-groups.ts'
import type { Codec } from './codec.ts'

const SYMBOLS = '0123456789abcdefghijklmnopqrstuv'

/** Base32 with the extended hex alphabet (RFC 4648 section 7), either case, with or without padding. */
export const base32hexCodecs: readonly Codec[] = bitCodecs(
  'base32hex',
  'generic-base32',
  SYMBOLS,
  bitAlphabet(SYMBOLS, { foldCase: true }),
)
