import { LABEL_OCTETS_MAX, NAME_OCTETS_MAX, parseNameOctets } from '../../dns/name.ts'
import { unescapeZeek } from './unescape.ts'

const DOT = 0x2e
const BACKSLASH = 0x5c
/** Longest text of a name: every octet as `\DDD`, and the last dot. */
const TEXT_OCTETS_MAX = NAME_OCTETS_MAX * 4 + 1
const plain = new Uint8Array(TEXT_OCTETS_MAX)

/** Whether the last {@link scanName} had to guess, and whether the log had replaced octets by U+FFFD. */
export const nameScanned = { ambiguous: false, lossy: false }

/**
 * A name as logs write it to wire form in `out`; its length, or -1 where it is no name. More in {@link nameScanned}.
 *
 * Zeek writes a dot inside a label like one between labels. A client may put dots into labels so that the text has
 * empty ones (`a..b`): dropping such rows would be a way past us, so a dot that ends nothing is taken for an octet of
 * the label that follows. The octets and their number are right; where labels end is a guess.
 */
export function scanName(bytes: Uint8Array, start: number, end: number, out: Uint8Array): number {
  nameScanned.ambiguous = false
  nameScanned.lossy = false
  const plainLength = scanPlain(bytes, start, end, out)
  if (plainLength >= 0) return plainLength
  nameScanned.lossy = hasReplacement(bytes, start, end)
  if (end - start > TEXT_OCTETS_MAX) return -1
  const length = parseNameOctets(bytes, start, end, out, 0)
  if (length >= 0) return length
  nameScanned.ambiguous = true
  return scanAmbiguous(plain, unescapeZeek(bytes, start, end, plain, 0), out)
}

/** What nearly all names are: ASCII without escapes. -1 for the rest, which may still be names. */
export function scanPlain(bytes: Uint8Array, start: number, end: number, out: Uint8Array): number {
  if (end - start >= NAME_OCTETS_MAX) return -1
  let lengthAt = 0
  let to = 1
  for (let i = start; i < end; i++) {
    const octet = bytes[i]
    if (octet === DOT) {
      const length = to - lengthAt - 1
      if (length === 0 || length > LABEL_OCTETS_MAX) return -1
      out[lengthAt] = length
      lengthAt = to++
    } else if (octet === BACKSLASH || octet >= 0x80) return -1
    else out[to++] = octet
  }
  const length = to - lengthAt - 1
  if (length > LABEL_OCTETS_MAX) return -1
  if (length === 0) return lengthAt
  out[lengthAt] = length
  return to
}

function scanAmbiguous(text: Uint8Array, end: number, out: Uint8Array): number {
  let lengthAt = 0
  let to = 1
  for (let i = 0; i < end; i++) {
    const ends = text[i] === DOT && to > lengthAt + 1
    if (ends && to - lengthAt - 1 > LABEL_OCTETS_MAX) return -1
    if (to >= NAME_OCTETS_MAX) return -1
    if (ends) {
      out[lengthAt] = to - lengthAt - 1
      lengthAt = to++
    } else out[to++] = text[i]
  }
  const length = to - lengthAt - 1
  if (length > LABEL_OCTETS_MAX) return -1
  if (length === 0) return lengthAt
  out[lengthAt] = length
  return to
}

/** Whether U+FFFD stands in the text, in UTF-8: a program before us replaced what it could not print. */
export function hasReplacement(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start + 2; i < end; i++) {
    if (bytes[i] === 0xbd && bytes[i - 1] === 0xbf && bytes[i - 2] === 0xef) return true
  }
  return false
}
