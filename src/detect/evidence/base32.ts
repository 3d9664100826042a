import { bitCodecs } from './bit-codec.ts'
import { bitAlphabet } from './bit-groups.ts'
import type { Codec } from './codec.ts'

const SYMBOLS = 'abcdefghijklmnopqrstuvwxyz234567'

/** Base32 (RFC 4648 section 6), either case, with or without padding. */
export const base32Codecs: readonly Codec[] = bitCodecs(
  'base32',
  'generic-base32',
  SYMBOLS,
  bitAlphabet(SYMBOLS, { foldCase: true }),
)
