import { randomInteger } from '../../stats/random.ts'
import { composeName, cut, prefixesUnder } from '../names.ts'
import { HEX_DIGITS, pick } from '../noise.ts'
import { cutOctets, joinOctets } from '../octets.ts'
import { QTYPE } from '../qtypes.ts'
import { assertLabZone } from '../zone.ts'
import type { EncodedName, Encoder } from './encoder.ts'
import { five, greeting, poll } from './iodine-greeting.ts'
import { createSession, openSegment, SEGMENT_OCTETS } from './iodine-packet.ts'
import { createShare } from './share.ts'
import { iodineSymbols } from './symbols.ts'

type Codec = keyof typeof iodineSymbols

const TYPES = [QTYPE.NULL, QTYPE.TXT, QTYPE.SRV, QTYPE.MX, QTYPE.CNAME]
const COUNTER = 'abcdefghijklmnopqrstuvwxyz0123456789'
/** `encoding.c`: data of a name are cut every 57 characters, whatever header stands before the first. */
const LABEL_OCTETS = 57
const HEADER_OCTETS = 5

/** Characters of data that go before a zone (`build_hostname` in `encoding.c`). */
function dataRoom(zone: string): number {
  const space = 255 - zone.length - 8
  return space - Math.floor(space / LABEL_OCTETS)
}

/**
 * iodine 0.7's way up, as captured in the lab: version, log-in and probes first, then IP packets in zlib, cut in
 * fragments of
 * ```
 * user, hex digit | packet (3) fragment, high bits (2) | fragment, low (2) packet down (3) | fragment down (4) last (1)
 * | counter, base 36 | data in the upstream codec
 * ```
 * each field one Base32 character, with polls between. One type for all. The way down is answers, so not here.
 */
export function createIodine(codec: Codec, payloadOctetsAName: number): Encoder {
  const symbols = iodineSymbols[codec]
  return {
    name: `iodine-${codec}`,
    description: `iodine with ${codec} upstream: five header characters, data in labels of 57, handshake and polls.`,
    payloadOctetsAName,
    encode(payload, zone, random) {
      assertLabZone(zone)
      const qtype = pick(random, TYPES)
      const user = randomInteger(random, 4)
      const size = Math.floor((dataRoom(zone) * Math.log2(symbolCount(codec))) / 8)
      let number = randomInteger(random, 0x8000)
      const next = () => number++ & 0xffff
      const names: EncodedName[] = []
      const send = (text: string, payloadOctets = 0) => {
        const head = text.slice(0, HEADER_OCTETS)
        const [first = '', ...rest] = cut(text.slice(HEADER_OCTETS), LABEL_OCTETS)
        names.push({ qname: composeName([head + first, ...rest], zone), qtype, payloadOctets })
      }
      const fill = (octet: number, second: number) =>
        symbols.encode(new Uint8Array(size).fill(octet).fill(second, 1, 2))
      for (const text of greeting(random, codec, next, user, fill)) send(text)
      const pack = createSession(random)
      let count = 0
      cutOctets(payload, SEGMENT_OCTETS).forEach((data, packet) => {
        const zipped = pack(data)
        const share = createShare(zipped.length, data.length)
        const fragments = cutOctets(zipped, size)
        fragments.forEach((fragment, i) => {
          const last = i === fragments.length - 1 ? 1 : 0
          const seq = packet + 1
          const head =
            HEX_DIGITS[user] + five(((seq & 7) << 2) | (i >> 2)) + five(((i & 3) << 3) | (packet & 7)) + five(last)
          send(head + COUNTER[count++ % COUNTER.length] + symbols.encode(fragment), share(fragment.length))
          if (random() < 0.03) send(poll(user, (packet & 7) << 4, next()))
        })
      })
      return names
    },
    decode(names, zone) {
      const packets: Uint8Array[] = []
      let parts: Uint8Array[] = []
      for (const labels of prefixesUnder(names, zone)) {
        const text = labels.join('')
        if (!/^[0-3]/.test(text)) continue
        parts.push(symbols.decode(text.slice(HEADER_OCTETS)))
        if (text[3].toLowerCase() !== five(1)) continue
        packets.push(openSegment(joinOctets(...parts)))
        parts = []
      }
      return joinOctets(...packets)
    },
  }
}

function symbolCount(codec: Codec): number {
  return { base32: 32, base64: 64, base64u: 64, base128: 128 }[codec]
}

export const iodineBase32 = createIodine('base32', 99.9)
export const iodineBase64 = createIodine('base64', 118.7)
export const iodineBase64u = createIodine('base64u', 118.7)
export const iodineBase128 = createIodine('base128', 130.1)
