/** Longest name in wire form without its root octet (RFC 1035 2.3.4 allows 255 with it). */
export const NAME_OCTETS_MAX = 254
/** Longest label (RFC 1035 2.3.4). */
export const LABEL_OCTETS_MAX = 63

const DOT = 0x2e
const BACKSLASH = 0x5c
const ZERO = 0x30

/** Longest text that can stand for a name: every octet as `\DDD`, and a dot at the end. */
const TEXT_MAX = NAME_OCTETS_MAX * 4 + 1
const encoder = new TextEncoder()
const utf8 = new Uint8Array(TEXT_MAX * 3)

/**
 * A wire-form name (length octet, label octets, label after label, no root octet) as text.
 *
 * Escaped once after RFC 4343 2.1: `\.` and `\\` inside a label, `\DDD` for octets outside 0x21..0x7e, nothing
 * else. So it is lossless ({@link parseName} gives the same octets back) and holds printable ASCII only; it is not
 * safe for HTML, CSV or a shell, which the sinks escape for themselves. A label that runs past the end is cut.
 *
 * @example
 * formatName(new Uint8Array([3, 119, 46, 1, 2, 100, 101]), 0, 7) // 'w\.\001.de'
 */
export function formatName(bytes: Uint8Array, start: number, length: number): string {
  const end = Math.min(start + length, bytes.length)
  if (end <= start) return '.'
  let text = ''
  for (let at = start; at < end; ) {
    if (at > start) text += '.'
    const labelEnd = Math.min(at + 1 + bytes[at], end)
    for (at++; at < labelEnd; at++) {
      const octet = bytes[at]
      if (octet === DOT || octet === BACKSLASH) text += `\\${String.fromCharCode(octet)}`
      else if (octet < 0x21 || octet > 0x7e) text += `\\${String(octet).padStart(3, '0')}`
      else text += String.fromCharCode(octet)
    }
  }
  return text
}

/** Labels of a wire-form name. */
export function countLabels(bytes: Uint8Array, start: number, length: number): number {
  let labels = 0
  for (let at = start; at < start + length; at += 1 + bytes[at]) labels++
  return labels
}

/**
 * Text to a wire-form name in `out` from `at` on, which needs room for {@link NAME_OCTETS_MAX} octets; returns its
 * length, or -1 where a label is longer than 63 octets, the name longer than 254, or a label in front or in the
 * middle is empty (then `out` holds garbage behind `at`).
 *
 * Takes `\DDD` and `\X` as RFC 1035 5.1 writes them, a dot at the end or none, and characters beyond ASCII as their
 * UTF-8 octets. `''` and `'.'` are the root, length 0. A backslash that starts no escape (`\999`, or the last
 * octet) stands for itself, so that a careless log loses no line.
 *
 * @example
 * parseName('a.de.', out, 0) // 5: 01 61 02 64 65
 */
export function parseName(text: string, out: Uint8Array, at: number): number {
  if (text.length > TEXT_MAX) return -1
  return scan(utf8, 0, encoder.encodeInto(text, utf8).written, out, at, false)
}

/**
 * As {@link parseName}, from the octets of a log line, without a string: also understands Zeek's `\xHH`.
 *
 * It follows that `\x41` is one octet here and three in {@link parseName}.
 */
export function parseNameOctets(bytes: Uint8Array, start: number, end: number, out: Uint8Array, at: number): number {
  return scan(bytes, start, end, out, at, true)
}

function scan(bytes: Uint8Array, from: number, end: number, out: Uint8Array, at: number, hex: boolean): number {
  const limit = at + NAME_OCTETS_MAX
  let lengthAt = at
  let to = at + 1
  for (let i = from; i < end; i++) {
    let octet = bytes[i]
    if (octet === DOT) {
      const length = to - lengthAt - 1
      if (length === 0) return end - from === 1 ? 0 : -1
      if (length > LABEL_OCTETS_MAX) return -1
      out[lengthAt] = length
      lengthAt = to++
      continue
    }
    if (octet === BACKSLASH && i + 1 < end) {
      const next = bytes[i + 1]
      if (!isDigit(next)) {
        const value = hex && next === 0x78 && i + 3 < end ? hexPair(bytes[i + 2], bytes[i + 3]) : -1
        octet = value < 0 ? next : value
        i += value < 0 ? 1 : 3
      } else if (i + 3 < end && isDigit(bytes[i + 2]) && isDigit(bytes[i + 3])) {
        const value = (next - ZERO) * 100 + (bytes[i + 2] - ZERO) * 10 + bytes[i + 3] - ZERO
        if (value < 256) {
          octet = value
          i += 3
        }
      }
    }
    if (to >= limit) return -1
    out[to++] = octet
  }
  const length = to - lengthAt - 1
  if (length > LABEL_OCTETS_MAX) return -1
  if (length === 0) return lengthAt - at
  out[lengthAt] = length
  return to - at
}

function isDigit(octet: number): boolean {
  return octet >= ZERO && octet <= 0x39
}

function hexPair(high: number, low: number): number {
  const a = hexDigit(high)
  const b = hexDigit(low)
  return a < 0 || b < 0 ? -1 : a * 16 + b
}

function hexDigit(octet: number): number {
  if (isDigit(octet)) return octet - ZERO
  const lower = octet | 0x20
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1
}
