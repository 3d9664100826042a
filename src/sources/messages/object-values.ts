import { parseAddress } from '../../batch/address.ts'
import { MARK } from '../../batch/dns-batch.ts'
import { parseRcode, parseType } from '../../dns/types.ts'
import { type JsonObject, jsonLine, ownValue } from '../logs/json-line.ts'
import { nameScanned, scanName, scanPlain } from '../logs/log-name.ts'
import type { LogRow } from '../logs/log-row.ts'
import { scanAnyTimeMs } from '../logs/scan-time.ts'

/** No name as text is longer: 254 octets as `\DDD`, in three octets a character at most. */
const TEXT_MAX = 4096
const scratch = new Uint8Array(TEXT_MAX * 3)

/** Writes a text's octets into the scratch and returns how many; -1 where it is too long to be of use. */
export function octetsOf(text: string): number {
  const { length } = text
  if (length > TEXT_MAX) return -1
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i)
    if (code >= 0x80) return Buffer.from(scratch.buffer).write(text, jsonLine.encoding)
    scratch[i] = code
  }
  return length
}

/** The octets {@link octetsOf} wrote. */
export const octets: Uint8Array = scratch

/** Reads a name in presentation form (RFC 4343) into the row; false where it is none. */
export function readName(value: unknown, row: LogRow): boolean {
  if (typeof value !== 'string') return false
  const length = octetsOf(value)
  if (length < 0) return false
  row.nameLength = scanPlain(scratch, 0, length, row.name)
  if (row.nameLength >= 0) return true
  row.nameLength = scanName(scratch, 0, length, row.name)
  if (row.nameLength < 0) return false
  if (nameScanned.lossy) row.marks |= MARK.nameLossy
  if (nameScanned.ambiguous) row.marks |= MARK.malformed
  return true
}

const known = new Map<string, Uint8Array>()
const KNOWN_MAX = 4096

/** Reads an address into `out`; false, and `out` zero, where it is none. */
export function readAddress(value: unknown, out: Uint8Array): boolean {
  if (typeof value !== 'string' || value.length > 64) return false
  let address = known.get(value)
  if (address === undefined) {
    address = new Uint8Array(16)
    if (!parseAddress(value, address, 0)) return false
    // Streams repeat few addresses; a flood of others must not fill the memory.
    if (known.size >= KNOWN_MAX) known.clear()
    known.set(value, address)
  }
  for (let i = 0; i < 16; i++) out[i] = address[i]
  return true
}

/** A number, or a text that is one; NaN for anything else. */
export function numberOf(value: unknown): number {
  if (typeof value === 'number') return value
  if (typeof value !== 'string' || value.trim() === '' || value.length > 32) return Number.NaN
  return Number(value)
}

/** A whole number from 0 to `max`; 0 for anything else. */
export function countOf(value: unknown, max: number): number {
  const number = numberOf(value)
  return number >= 0 && number <= max ? Math.floor(number) : 0
}

const types = new Map<string, number>()
const rcodes = new Map<string, number>()

/** A record type by number or mnemonic; 0 where it is neither. */
export function typeOf(value: unknown): number {
  if (typeof value !== 'string') return countOf(value, 0xffff)
  return Math.max(0, remembered(types, value, parseType))
}

/** An rcode by number or mnemonic; -1 where it is neither. */
export function rcodeOf(value: unknown): number {
  if (typeof value === 'string') return remembered(rcodes, value, parseRcode)
  return typeof value === 'number' && value >= 0 && value <= 0xfff ? Math.floor(value) : -1
}

function remembered(table: Map<string, number>, text: string, parse: (text: string) => number): number {
  let number = table.get(text)
  if (number !== undefined) return number
  number = text.length <= 32 ? parse(text) : -1
  if (table.size < KNOWN_MAX) table.set(text, number)
  return number
}

/** ECMAScript has no dates past it (ECMA-262 21.4.1.1). */
const TIME_MS_MAX = 8.64e15

/** Milliseconds since 1970 of a number of them, or of a time in ISO 8601; NaN where it is neither. */
export function timeOf(value: unknown): number {
  if (typeof value === 'number') return value >= 0 && value <= TIME_MS_MAX ? value : Number.NaN
  if (typeof value !== 'string' || value.length > 64) return Number.NaN
  const length = octetsOf(value)
  const timeMs = scanAnyTimeMs(scratch, 0, length, 'any')
  return timeMs >= 0 ? timeMs : Number.NaN
}

/** An own property that is an object. */
export function objectOf(object: JsonObject, key: string): JsonObject | undefined {
  const value = ownValue(object, key)
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined
}
