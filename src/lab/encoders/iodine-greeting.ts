import { randomOctets } from '../noise.ts'
import { joinOctets, octets16 } from '../octets.ts'
import { iodineSymbols } from './symbols.ts'

const JAEGERMEISTER = 'aA-Aaahhh-Drink-mal-ein-J\xe4germeister-'
const LETTERS = 'aAbBcCdDeEfFgGhHiIjJkKlLmMnNoOpPqQrRsStTuUvVwWxXyYzZ'
const range = (from: number, length: number) => String.fromCharCode(...Array.from({ length }, (_, i) => from + i))

/** Texts tried until a resolver lets one pass unharmed, the densest codec first (`client.c`). */
const CODEC_TRIES = {
  base128: [
    JAEGERMEISTER,
    'aA-La-fl\xfbte-na\xefve-fran\xe7aise-est-retir\xe9-\xe0-Cr\xe8te',
    LETTERS,
    `aA0123456789${range(0xbc, 20)}`,
    `aA${range(0xd0, 46)}`,
  ],
  base64: [JAEGERMEISTER, `${LETTERS}+0129-`],
  base64u: [JAEGERMEISTER, `${LETTERS}+0129-`, `${LETTERS}_0129-`],
  base32: [JAEGERMEISTER],
}
/** Answer sizes tried: half way up as long as they come through. */
const FRAGMENT_SIZES = [768, 1152, 1344, 1440, 1488, 1512, 1524]
const FRAGMENT_SIZE = 0x5f2

export const five = (value: number) => iodineSymbols.base32.encode(Uint8Array.of((value & 31) << 3))[0]

/**
 * Everything before the first packet, as one text a name: version, log-in, tries of codecs, settings, tries of answer
 * sizes. `next` gives the number that keeps names from caches, `fill` a full name's data of one octet but for the second.
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
  return [
    `v${base32(Uint8Array.of(0, 0, 5, 2), octets16(next()))}`,
    `l${base32(Uint8Array.of(user), randomOctets(random, 16), octets16(next()))}`,
    `ytb${three()}`,
    ...CODEC_TRIES[codec].map((characters) => `z${three()}${characters}`),
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
