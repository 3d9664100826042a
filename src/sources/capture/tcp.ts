import { uint32 } from './octets.ts'

export const TCP_FIN = 0x01
export const TCP_SYN = 0x02
export const TCP_RST = 0x04

/** What {@link readTcp} found; module state, so that no segment costs an object. */
export const tcp = { sequence: 0, flags: 0, payloadStart: 0 }

/**
 * Reads a TCP header at `start` into {@link tcp}; false where it is cut or its data offset cannot be.
 *
 * ```
 * |          Source Port          |       Destination Port        |
 * |                        Sequence Number                        |
 * |                    Acknowledgment Number                      |
 * |Offset |  Reserved |U|A|P|R|S|F|            Window             |
 * |           Checksum            |        Urgent Pointer         |   options, payload
 * ```
 * RFC 9293 3.1.
 */
export function readTcp(bytes: Uint8Array, start: number, end: number): boolean {
  if (start + 20 > end) return false
  const header = (bytes[start + 12] >> 4) * 4
  if (header < 20 || start + header > end) return false
  tcp.sequence = uint32(bytes, start + 4)
  tcp.flags = bytes[start + 13]
  tcp.payloadStart = start + header
  return true
}
