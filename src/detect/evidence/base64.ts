import { bitCodecs } from './bit-codec.ts'
import { bitAlphabet } from './bit-groups.ts'
import type { Codec } from './codec.ts'

const COMMON = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** Base64 (RFC 4648 section 4), as in names with or without padding. */
export const BASE64 = bitAlphabet(`${COMMON}+/`)

/**
 * Base64url (RFC 4648 section 5), plain base64, and the variant with `-` for `+` exchanged for `_` that home-made
 * scripts write. Only the text tells the last from base64url, so only text (or magic) is believed of it.
 */
export const base64Codecs: readonly Codec[] = [
  ...bitCodecs('base64url', 'generic-base64', `${COMMON}-_`, bitAlphabet(`${COMMON}-_`)),
  ...bitCodecs('base64', 'generic-base64', `${COMMON}+/`, BASE64),
  ...bitCodecs('base64 (_ for +, - for /)', 'generic-base64', '', bitAlphabet(`${COMMON}_-`)),
]
