import { carriedPayload } from './carried.ts'
import { constantTail } from './constant-tail.ts'
import { type Dns2tcpPacket, readDns2tcpPacket } from './dns2tcp-packets.ts'
import type { Payload } from './payload.ts'
import type { Labels } from './sample-names.ts'
import type { ToolReading } from './tool.ts'

const NAMES_MIN = 3
const FIT_SHARE = 0.9
/** Sessions at once in a few names, session 0 of the greeting included. */
const SESSIONS_MAX = 4
const STEP_MAX = 4

/**
 * Recognises dns2tcp: base64 of a seven-octet header whose sequence numbers run within a session; its commands are
 * labels that begin with `=`, which no host name does.
 */
export function readDns2tcp(names: readonly Labels[]): ToolReading | null {
  const tail = constantTail(names)
  const packets = names.map((labels) => readDns2tcpPacket(labels, tail)).filter((packet) => packet !== null)
  if (packets.length < names.length * FIT_SHARE) return null
  const commands = packets.filter((packet) => packet.command !== null).length
  const running = isSequence(packets)
  if (commands === 0 && !running) return null
  return { guess: 'dns2tcp', confidence: commands > 0 ? 0.99 : 0.93, payload: payloadOf(packets) }
}

function isSequence(packets: readonly Dns2tcpPacket[]): boolean {
  const last = new Map<number, number>()
  let steps = 0
  for (const { session, sequence, command } of packets) {
    const before = last.get(session)
    if (command === null && before !== undefined && ((sequence - before) & 0xffff) <= STEP_MAX) steps++
    if (command === null) last.set(session, sequence)
  }
  return last.size <= SESSIONS_MAX && packets.length >= NAMES_MIN && steps >= (packets.length - last.size) * 0.7
}

/** What the session carried; the resource it connects to where it carried nothing yet. */
function payloadOf(packets: readonly Dns2tcpPacket[]): Payload | null {
  const carrying = packets.filter((packet) => packet.carries && packet.command === null)
  const chosen = carrying.length > 0 ? carrying : packets.filter((packet) => packet.command === '=connect')
  const text = chosen.map((packet) => packet.text).join('')
  return carriedPayload('dns2tcp base64', text, Buffer.concat(chosen.map((packet) => packet.data)))
}
