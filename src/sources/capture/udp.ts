import { uint16 } from './octets.ts'

/** What {@link readUdp} found; module state, so that no datagram costs an object. */
export const udp = { payloadStart: 0, payloadEnd: 0, payloadLength: 0, cut: false, lengthWrong: false }

/**
 * Reads a UDP header at `start` into {@link udp}; false where its length cannot be.
 *
 * ```
 * source port 2 | destination port 2 | length, header included 2 | checksum 2
 * ```
 * RFC 768. `cut` says that the octets end early because the capture does. A length past the packet's own (`lengthWrong`)
 * is clamped. A length of 0 is a jumbogram's (RFC 2675 4): all that is there.
 */
export function readUdp(bytes: Uint8Array, start: number, end: number, cut: boolean): boolean {
  if (start + 8 > end) return false
  const length = uint16(bytes, start + 4) || end - start
  if (length < 8) return false
  const short = start + length > end
  udp.payloadStart = start + 8
  udp.payloadEnd = short ? end : start + length
  udp.cut = short && cut
  udp.lengthWrong = short && !cut
  udp.payloadLength = udp.cut ? length - 8 : udp.payloadEnd - udp.payloadStart
  return true
}
