import { BASE64 } from './base64.ts'
import { decodeBits } from './bit-groups.ts'
import type { Labels } from './sample-names.ts'

/** OK, DESAUTH, ERR, NOP, CHECK_MTU, DATA, ACK, NACK, also with USE_COMPRESS (dns2tcp common/includes/packet.h). */
const TYPES: ReadonlySet<number> = new Set([0, 1, 2, 4, 6, 8, 16, 32].flatMap((type) => [type, type | 64]))
const DATA = 8
const HEADER_OCTETS = 7
/** Labels by which the client asks for something of the server, behind the packet. */
const COMMANDS = ['=auth', '=connect', '=resource']

/** One packet: two octets of session, acknowledgement and sequence number each, type, data. */
export interface Dns2tcpPacket {
  readonly session: number
  readonly sequence: number
  readonly command: string | null
  readonly carries: boolean
  readonly data: Uint8Array
  readonly text: string
}

/** The packet in a name; null where there is none. `tail` is how many labels at the end belong to the domain. */
export function readDns2tcpPacket(labels: Labels, tail: number): Dns2tcpPacket | null {
  const at = labels.findIndex((label) => COMMANDS.includes(label.toLowerCase()))
  const text = labels.slice(0, at < 0 ? labels.length - tail : at).join('')
  const octets = decodeBits(text.replace(/=+$/, ''), BASE64, 'strict')
  if (!octets || octets.length < HEADER_OCTETS || !TYPES.has(octets[6])) return null
  const view = Buffer.from(octets)
  return {
    session: view.readUInt16BE(0),
    sequence: view.readUInt16BE(4),
    command: at < 0 ? null : labels[at].toLowerCase(),
    carries: (octets[6] & ~64) === DATA,
    data: octets.subarray(HEADER_OCTETS),
    text,
  }
}
