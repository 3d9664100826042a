import { detectBinary } from './detect-binary.ts'
import { detectJson } from './detect-json.ts'
import { detectText } from './detect-text.ts'
import { detectZeek } from './detect-zeek.ts'
import type { Detected } from './input-type.ts'

/** Lines at the start of a file that decide what it is. */
const LINES = 200

/**
 * What an input is, from its first octets; never from its name.
 *
 * @example
 * detectType(Buffer.from('#separator \\x09\n#path\tdns\n')) // { type: 'zeek-tsv' }
 */
export function detectType(head: Uint8Array): Detected {
  const binary = detectBinary(head)
  if (binary) return binary
  // latin1 so that no octet is lost, NUL removed as the log readers do
  const text = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString('latin1').replaceAll('\0', '')
  const whole = text.startsWith('\xef\xbb\xbf') ? text.slice(3) : text
  const lines = whole.split(/\r?\n/, LINES)
  // The last line of a long head is cut anywhere: not evidence, unless it is all there is.
  if (lines.length > 1 && lines.length < LINES) lines.pop()
  return detectZeek(lines) ?? detectJson(lines) ?? detectText(lines)
}
