import { randomOctets } from '../noise.ts'
import { joinOctets, octets16 } from '../octets.ts'
import { iodineSymbols } from './symbols.ts'

/** Characters that every codec needs to pass a resolver unharmed, tried in this order (`client.c`). */
const CODEC_PATTERNS = [
  'aA-Aaahhh-Drink-mal-ein-J\xe4germeister-',
  'aA-La-fl\xfbte-na\xefve-fran\xe7aise-est-retir\xe9-\xe0-Cr\xe8te',
  'aAbBcCdDeEfFgGhHiIjJkKlLmMnNoOpPqQrRsStTuUvVwWxXyYzZ',
  `aA0123456789${String.fromCharCode(...Array.from({ length: 20 }, (_, i) => 0xbc + i))}`,
  `aA${String.fromCharCode(...Array.from({ length: 46 }, (_, i) => 0xd0 + i))}`,
]
/** Answer sizes tried: half way up as long as they come through. */
const FRAGMENT_SIZES = [768, 1152, 1344, 1440, 1488, 1512, 1524]
const FRAGMENT_SIZE = 0x5f2

export const five = (value: number) => iodineSymbols.base32.encode(Uint8Array.of((value & 31) << 3))[0]

/**
 * Everything before the first packet, as one text a name: version, log-in, tries of codecs, settings, tries of answer
 * sizes. `next` gives the number that keeps names from caches, `data` writes octets with the upstream codec, filled.
 */
export function greeting(
  random: () => number,
  codec: keyof typeof iodineSymbols,
  next: () => number,
  user: number,
  fill: (octet: number, second: number) => string,
): string[] {
  const base32 = (...parts: Uint8Array[]) => iodineSymbols.base32.encode(joinOctets(...parts))
  const three = () => {
    const number = next()
    return five(number >> 10) + five(number >> 5) + five(number)
  }
  const codecBits = { base32: 5, base64: 6, base64u: 26, base128: 7 }[codec]
  const patterns = CODEC_PATTERNS.slice(0, codec === 'base128' ? 5 : codec === 'base32' ? 1 : 3)
  return [
    `v${base32(Uint8Array.of(0, 0, 5, 2), octets16(next()))}`,
    `l${base32(Uint8Array.of(user), randomOctets(random, 16), octets16(next()))}`,
    `ytb${three()}`,
    ...patterns.map((pattern) => `z${three()}${pattern}`),
    ...(codec === 'base32' ? [] : [`s${five(user)}${five(codecBits)}${three()}`]),
    `o${five(user)}t${three()}`,
    `o${five(user)}l${three()}`,
    ...FRAGMENT_SIZES.map((size) => {
      const number = next()
      return `r${five((user << 1) | (size >> 10))}${five(size >> 5)}${five(size)}d${fill(number & 255, number >> 8)}`
    }),
    `n${base32(Uint8Array.of(user), octets16(FRAGMENT_SIZE), octets16(next()))}`,
  ]
}

/** A poll: user, what was received, a number against caches. */
export function poll(user: number, received: number, number: number): string {
  return `p${iodineSymbols.base32.encode(joinOctets(Uint8Array.of(user, received), octets16(number)))}`
}
