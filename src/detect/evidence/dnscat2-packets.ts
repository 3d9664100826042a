import { decodeBits } from './bit-groups.ts'
import { HEX } from './hex.ts'
import type { Labels } from './sample-names.ts'

/** Message types of the protocol (dnscat2 doc/protocol.md); 255 (PING) needs no session. */
const TYPES = { syn: 0, message: 1, end: 2, encryption: 3 } as const

const HEADER_OCTETS = 5
/** Signature and nonce that stand between header and body of an encrypted session. */
const SIGNATURE_OCTETS = 6
const NONCE_OCTETS = 2
/** Sequence and acknowledgement of an open message; sequence and options of a SYN. */
const SEQUENCE_OCTETS = 4

/** One packet: two octets of packet id, type, two of session, body. */
export interface DnscatPacket {
  readonly type: number
  readonly session: number
  readonly body: Uint8Array
  /** The body's place in its own sequence, were the session encrypted. */
  readonly nonce: number
  readonly text: string
}

/**
 * The packet in a name: its leading labels that are hexadecimal, behind `dnscat` where it is spoken without a domain.
 * Null where the name does not hold one.
 */
export function readDnscatPacket(labels: Labels): DnscatPacket | null {
  const from = labels[0].toLowerCase() === 'dnscat' ? 1 : 0
  let to = from
  while (to < labels.length && /^[0-9a-f]+$/i.test(labels[to])) to++
  const text = labels.slice(from, to).join('')
  const octets = text.length % 2 === 0 ? decodeBits(text, HEX, 'strict') : null
  if (!octets || octets.length < HEADER_OCTETS + 2 || octets[2] > TYPES.encryption) return null
  const view = Buffer.from(octets)
  const at = HEADER_OCTETS + SIGNATURE_OCTETS
  return {
    type: octets[2],
    session: view.readUInt16BE(3),
    body: octets.subarray(HEADER_OCTETS),
    nonce: octets.length >= at + 2 ? view.readUInt16BE(at) : -1,
    text,
  }
}

/** What the messages of one session hold behind sequence numbers, or behind signature and nonce where encrypted. */
export function sentOctets(packets: readonly DnscatPacket[], encrypted: boolean): Uint8Array {
  const header = encrypted ? SIGNATURE_OCTETS + NONCE_OCTETS : SEQUENCE_OCTETS
  const messages = packets.filter((packet) => packet.type === TYPES.message)
  return Buffer.concat(messages.map((packet) => packet.body.subarray(header)))
}

/** The name an open session gives itself in its SYN: behind sequence number and options, up to a zero octet. */
export function sessionName(packets: readonly DnscatPacket[]): Uint8Array {
  const body = packets.find((packet) => packet.type === TYPES.syn)?.body ?? new Uint8Array(0)
  const end = body.indexOf(0, SEQUENCE_OCTETS)
  return body.subarray(SEQUENCE_OCTETS, end < 0 ? undefined : end)
}
