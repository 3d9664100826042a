import { decodeBits } from './bit-groups.ts'
import { inflate } from './inflate.ts'
import { IODINE_BASE32, IODINE_CODECS } from './iodine-alphabets.ts'
import type { Payload } from './payload.ts'

const HEADER_CHARACTERS = 5

interface Fragment {
  readonly packet: string
  readonly fragment: number
  readonly text: string
}

/**
 * The first packet carried by iodine data names: fragments joined, decoded by the codec that leaves a zlib stream with
 * an IP packet inside. The checks of zlib and IP together leave chance no room.
 */
export function iodinePacket(texts: readonly string[]): Payload | null {
  const fragments = texts.map(readFragment)
  for (let first = 0; first < fragments.length; first++) {
    if (fragments[first].fragment !== 0) continue
    const joined = [fragments[first]]
    for (const next of fragments.slice(first + 1)) {
      if (next.packet === fragments[first].packet && next.fragment === joined.length) joined.push(next)
    }
    const payload = decodePacket(joined.map((fragment) => fragment.text))
    if (payload) return payload
  }
  return null
}

/** User and sequence number name the packet: three bits, then four of the fragment's number across two characters. */
function readFragment(text: string): Fragment {
  const [high, low] = [value(text, 1), value(text, 2)]
  return {
    packet: `${text[0].toLowerCase()}${high >> 2}`,
    fragment: ((high & 3) << 2) | (low >> 3),
    text: text.slice(HEADER_CHARACTERS),
  }
}

function decodePacket(texts: readonly string[]): Payload | null {
  for (const { name, alphabet } of IODINE_CODECS) {
    const parts = texts.map((text) => decodeBits(text, alphabet, 'cut'))
    const octets = parts.every((part) => part !== null) ? inflate(Buffer.concat(parts)) : null
    if (octets && isPacket(octets)) {
      return { encoding: `iodine ${name}, zlib`, text: texts.join(''), octets, magic: 'zlib' }
    }
  }
  return null
}

function value(text: string, at: number): number {
  return IODINE_BASE32.values[text.charCodeAt(at) & 0xff] & 31
}

/** An IPv4 or IPv6 packet, behind the four octets of flags and EtherType that a tunnel device puts before it. */
function isPacket(octets: Uint8Array): boolean {
  const type = octets[2] * 256 + octets[3]
  const version = octets[4] >> 4
  return (type === 0x0800 && version === 4) || (type === 0x86dd && version === 6) || octets[0] === 0x45
}
