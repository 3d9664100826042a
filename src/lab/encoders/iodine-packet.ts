import { inflateSync } from 'node:zlib'
import { randomInteger } from '../../stats/random.ts'
import { zlib } from '../containers.ts'
import { randomOctets } from '../noise.ts'
import { joinOctets, octets16, octets32 } from '../octets.ts'

/** Tunnel header, IPv4 header, TCP header with timestamps. */
const HEADERS_OCTETS = 4 + 20 + 32
/** iodine's interface has an MTU of 1,130; headers of IPv4 and TCP with timestamps take 52. */
export const SEGMENT_OCTETS = 1130 - 52

/**
 * A TCP segment of a session from 10.53.0.2 to 10.53.0.1, as the tunnel's interface hands it over, in zlib at best
 * level. Addresses, ports and flags stay, so compressed packets of one session begin alike: `82\202hb` in Base128.
 */
export function createSession(random: () => number): (data: Uint8Array) => Uint8Array {
  const port = octets16(32_768 + randomInteger(random, 28_000))
  const peer = octets32(randomInteger(random, 0xffffffff))
  let id = randomInteger(random, 0x10000)
  let sequence = randomInteger(random, 0xffffffff)
  let clock = randomInteger(random, 0xffffffff)
  return (data) => {
    const ip = joinOctets(
      Uint8Array.of(0x45, 0),
      octets16(52 + data.length),
      octets16(id++),
      Uint8Array.of(0x40, 0, 64, 6),
      randomOctets(random, 2),
      Uint8Array.of(10, 53, 0, 2, 10, 53, 0, 1),
    )
    const times = joinOctets(Uint8Array.of(1, 1, 8, 10), octets32((clock += 30)), octets32(clock - 15))
    const sums = joinOctets(Uint8Array.of(0x80, 0x18, 1, 0xf6), randomOctets(random, 2), Uint8Array.of(0, 0))
    const tcp = joinOctets(port, octets16(9000), octets32(sequence), peer, sums, times)
    sequence += data.length
    return zlib(joinOctets(Uint8Array.of(0, 0, 8, 0), ip, tcp, data), 0xda)
  }
}

/** What the segment carried. */
export function openSegment(packet: Uint8Array): Uint8Array {
  return inflateSync(packet).subarray(HEADERS_OCTETS)
}
