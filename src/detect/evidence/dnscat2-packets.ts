import { decodeBits } from './bit-groups.ts'
import { HEX } from './hex.ts'
import type { Labels } from './sample-names.ts'

/** Message types of the protocol (dnscat2 doc/protocol.md); 255 (PING) needs no session. */
const TYPES = { syn: 0, message: 1, end: 2, encryption: 3 } as const

const HEADER_OCTETS = 5
/** Signature and nonce that stand between header and body of an encrypted session. */
const SIGNATURE_OCTETS = 6

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
 * The packet in a name: every label of it that is hexadecimal, behind `dnscat` where it is spoken without a domain, up
 * to the labels that are the same in all names. Null where the name does not hold one.
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

/** Text of the open packets of one session: the name it gives itself, then its messages. */
export function openText(packets: readonly DnscatPacket[]): Uint8Array {
  const parts: Uint8Array[] = []
  for (const { type, body } of packets) {
    if (type === TYPES.syn) parts.push(body.subarray(4, body.at(-1) === 0 ? -1 : undefined))
    if (type === TYPES.message) parts.push(body.subarray(4))
  }
  return Buffer.concat(parts)
}
