import { bitCodecs } from './bit-codec.ts'
import { bitAlphabet } from './bit-groups.ts'
import type { Codec } from './codec.ts'

const DIGITS = '0123456789abcdef'

/** Hexadecimal digits, both cases. */
export const HEX = bitAlphabet(DIGITS, { foldCase: true })

/** Hexadecimal (RFC 4648 section 8). */
export const hexCodecs: readonly Codec[] = bitCodecs('hex', 'generic-hex', DIGITS, HEX)
