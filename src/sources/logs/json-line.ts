import { isUtf8 } from 'node:buffer'
import { depthWithin, JSON_DEPTH_MAX } from './json-depth.ts'

/** An object of a JSON line. Read own properties only: `__proto__` is a key like any other in what JSON.parse makes. */
export type JsonObject = Record<string, unknown>

/** How the octets of a line became characters, and how its strings become octets again. */
export type LineEncoding = 'utf8' | 'latin1'

/** The last line parsed by {@link parseJsonLine}: its encoding, or why there is no object. */
export const jsonLine: { encoding: LineEncoding; problem: 'json-invalid' | 'json-depth' } = {
  encoding: 'utf8',
  problem: 'json-invalid',
}

/**
 * The object on one line, or undefined, with the reason in {@link jsonLine}.
 *
 * Depth is checked on the octets first. A line that is not UTF-8 is read as latin1, so that its octets survive.
 */
export function parseJsonLine(bytes: Uint8Array, start: number, end: number): JsonObject | undefined {
  jsonLine.problem = 'json-depth'
  if (!depthWithin(bytes, start, end, JSON_DEPTH_MAX)) return undefined
  jsonLine.problem = 'json-invalid'
  const line = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start)
  jsonLine.encoding = isUtf8(line) ? 'utf8' : 'latin1'
  try {
    const value: unknown = JSON.parse(line.toString(jsonLine.encoding))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined
  } catch {
    return undefined
  }
}

/** An own property, never one of Object.prototype. */
export function ownValue(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined
}

/** `id.orig_h` as one key, or `orig_h` inside the object `id`. */
export function dottedValue(object: JsonObject, key: string): unknown {
  if (Object.hasOwn(object, key)) return object[key]
  const dot = key.indexOf('.')
  if (dot < 0) return undefined
  const outer = ownValue(object, key.slice(0, dot))
  return typeof outer === 'object' && outer !== null ? ownValue(outer as JsonObject, key.slice(dot + 1)) : undefined
}
