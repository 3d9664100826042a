import { base32Codecs } from './base32.ts'
import { base32hexCodecs } from './base32hex.ts'
import { base36Codecs } from './base36.ts'
import { base64Codecs } from './base64.ts'
import type { Codec } from './codec.ts'
import { decimalCodecs } from './decimal.ts'
import { doubleHexCodecs } from './double-hex.ts'
import { hexCodecs } from './hex.ts'

/** Every encoding that is looked for, the narrower alphabet first: what fits it fits the wider ones by chance. */
export const CODECS: readonly Codec[] = [
  ...doubleHexCodecs,
  ...hexCodecs,
  ...decimalCodecs,
  ...base32Codecs,
  ...base32hexCodecs,
  ...base64Codecs,
  ...base36Codecs,
]
