import { isPrintable } from './printable.ts'

/** Octets shown. */
const SHOWN_MAX = 64
const BACKSLASH = 0x5c

/** The first octets as text that is safe on a terminal: printable ASCII kept, all else and the backslash as `\xNN`. */
export function previewText(octets: Uint8Array): string {
  let text = ''
  for (const octet of octets.subarray(0, SHOWN_MAX)) {
    text +=
      isPrintable(octet) && octet !== BACKSLASH
        ? String.fromCharCode(octet)
        : `\\x${octet.toString(16).padStart(2, '0')}`
  }
  return text
}

/** The first octets as pairs of hexadecimal digits, for payload that says nothing to a reader. */
export function previewOctets(octets: Uint8Array): string {
  return Array.from(octets.subarray(0, SHOWN_MAX), (octet) => octet.toString(16).padStart(2, '0')).join(' ')
}
