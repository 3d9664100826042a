import { DnsMessage, MALFORMED, NAME_ROOM } from './message.ts'
import { formatName, parseName } from './name.ts'
import { decodeMessage } from './wire.ts'

/** Parts of a message for tests: octets, or a name as text, which is composed with its root octet. */
export type Part = string | readonly number[] | Uint8Array

export function octets(...parts: Part[]): number[] {
  return parts.flatMap((part) => (typeof part === 'string' ? wireName(part) : [...part]))
}

export function u16(...values: number[]): number[] {
  return values.flatMap((value) => [value >> 8, value & 0xff])
}

function wireName(text: string): number[] {
  const out = new Uint8Array(254)
  return [...out.subarray(0, parseName(text, out, 0)), 0]
}

/** Header with id 0x1234, `flags` and the four counts, then the body. */
export function message(flags: number, counts: readonly number[], ...body: Part[]): Uint8Array {
  return Uint8Array.from([...u16(0x1234, flags, ...counts), ...octets(...body)])
}

/** A record of class IN and TTL 60, or of the class and TTL given. */
export function record(owner: Part, type: number, rdata: readonly number[], rclass = 1, ttl = 60): number[] {
  return octets(owner, u16(type, rclass, ttl >>> 16, ttl & 0xffff, rdata.length), rdata)
}

/** Question of type TXT, class IN, as `message` would stand in front of it: the name starts at offset 12. */
export function question(name: Part, type = 16): number[] {
  return octets(name, u16(type, 1))
}

/** A pointer to an offset of the message. */
export function pointer(offset: number): number[] {
  return u16(0xc000 | offset)
}

/** What was decoded, as plain values, from a message laid into a larger array at an odd place. */
export interface Decoded {
  ok: boolean
  name: string
  targets: string[]
  reasons: string[]
  message: DnsMessage
}

export function decode(bytes: Uint8Array): Decoded {
  const out = new DnsMessage()
  const arena = new Uint8Array(bytes.length + 40).fill(0x01)
  arena.set(bytes, 21)
  const ok = decodeMessage(arena, 21, 21 + bytes.length, out)
  const targets: string[] = []
  for (let i = 0; i < out.targetCount; i++) {
    targets.push(formatName(out.targets, i * NAME_ROOM, out.targetLengths[i]))
  }
  return { ok, name: formatName(out.name, 0, out.nameLength), targets, reasons: reasonsOf(out.malformed), message: out }
}

export function reasonsOf(bits: number): string[] {
  return MALFORMED.filter((_, i) => (bits & (1 << i)) !== 0)
}
