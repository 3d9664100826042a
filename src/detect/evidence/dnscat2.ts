import { carriedPayload } from './carried.ts'
import { withoutTail } from './constant-tail.ts'
import { type DnscatPacket, readDnscatPacket, sentOctets, sessionName } from './dnscat2-packets.ts'
import { FIT_SHARE } from './layout.ts'
import type { Payload } from './payload.ts'
import type { Labels } from './sample-names.ts'
import type { ToolReading } from './tool.ts'

const NAMES_MIN = 3
/** Names that speak without a domain say so by this label. */
const WORD = 'dnscat'
/** Sessions at once in a few names. */
const SESSIONS_MAX = 4
const RUNNING_SHARE = 0.7

/**
 * Recognises dnscat2: hexadecimal whose third octet is a message type in nearly every name, which noise is once in 64,
 * and whose next two are a session that comes again. Surest where the tool names itself or its sequence numbers run.
 */
export function readDnscat2(names: readonly Labels[]): ToolReading | null {
  const packets = withoutTail(names)
    .map(readDnscatPacket)
    .filter((packet) => packet !== null)
  if (names.length < NAMES_MIN || packets.length < names.length * FIT_SHARE) return null
  const sessions = new Map<number, DnscatPacket[]>()
  for (const packet of packets) sessions.set(packet.session, [...(sessions.get(packet.session) ?? []), packet])
  if (sessions.size > SESSIONS_MAX || sessions.size > packets.length / 2) return null
  const [longest] = [...sessions.values()].sort((a, b) => b.length - a.length)
  const named = names.filter((labels) => labels[0].toLowerCase() === WORD).length >= names.length * FIT_SHARE
  const sequenced = isEncrypted(longest) || isOpen(longest)
  const confidence = named || sequenced ? 0.98 : packets.length >= 2 * NAMES_MIN ? 0.8 : 0.6
  return { guess: 'dnscat2', confidence, payload: sequenced ? payloadOf(longest) : null }
}

/** Encrypted sessions number their packets behind the signature. */
function isEncrypted(packets: readonly DnscatPacket[]): boolean {
  return runs(
    packets.filter((packet) => packet.nonce >= 0).map((packet) => packet.nonce),
    2,
  )
}

/** Open sessions carry the octets sent, or acknowledged, so far: they grow, or stay while there is nothing to say. */
function isOpen(packets: readonly DnscatPacket[]): boolean {
  const bodies = packets
    .filter((packet) => packet.type === 1 && packet.body.length >= 4)
    .map((packet) => Buffer.from(packet.body))
  const sent = bodies.map((body) => body.readUInt16BE(0))
  const heard = bodies.map((body) => body.readUInt16BE(2))
  return runs(sent, 255, 0) && runs(heard, 255, 0)
}

function runs(values: readonly number[], stepMax: number, stepMin = 1): boolean {
  let good = 0
  for (let i = 1; i < values.length; i++) {
    const step = (values[i] - values[i - 1]) & 0xffff
    if (step >= stepMin && step <= stepMax) good++
  }
  return values.length >= NAMES_MIN && good >= (values.length - 1) * RUNNING_SHARE
}

/** What the session sent; the name it gave itself where it sent nothing yet. */
function payloadOf(packets: readonly DnscatPacket[]): Payload | null {
  const text = packets.map((packet) => packet.text).join('')
  if (isEncrypted(packets)) return carriedPayload('dnscat2 hex, encrypted', text, sentOctets(packets, true))
  const sent = carriedPayload('dnscat2 hex', text, sentOctets(packets, false))
  return sent ?? carriedPayload('dnscat2 hex', text, sessionName(packets))
}
