import { parseAddress } from '../../batch/address.ts'

/** Longest address text that is looked at: RFC 4291 forms have 45 octets at most, a zone may follow. */
const TEXT_MAX = 64
/** Slots of the cache; a power of two. Logs repeat few addresses: this is about speed, never about results. */
const SLOTS = 512

const cacheText = new Uint8Array(SLOTS * TEXT_MAX)
const cacheLength = new Uint8Array(SLOTS)
const cacheOctets = new Uint8Array(SLOTS * 16)

/**
 * Octets of the address the text stands for: 4 or 16, or 0 where it is none. Written as 16 octets at `at`, all zero
 * where it is none.
 */
export function scanAddress(bytes: Uint8Array, start: number, end: number, out: Uint8Array, at: number): 0 | 4 | 16 {
  if (scanIpv4(bytes, start, end, out, at)) return 4
  if (scanIpv6(bytes, start, end, out, at)) return 16
  for (let i = at; i < at + 16; i++) out[i] = 0
  return 0
}

function scanIpv4(bytes: Uint8Array, start: number, end: number, out: Uint8Array, at: number): boolean {
  if (end - start < 7 || end - start > 15) return false
  let value = -1
  let octet = 12
  for (let i = start; i < end; i++) {
    const digit = bytes[i] - 0x30
    if (digit >= 0 && digit <= 9) {
      value = value < 0 ? digit : value * 10 + digit
      if (value > 255) return false
    } else if (bytes[i] === 0x2e && value >= 0 && octet < 15) {
      out[at + octet++] = value
      value = -1
    } else return false
  }
  if (octet !== 15 || value < 0) return false
  out[at + 15] = value
  for (let i = at; i < at + 10; i++) out[i] = 0
  out[at + 10] = 0xff
  out[at + 11] = 0xff
  return true
}

function scanIpv6(bytes: Uint8Array, start: number, end: number, out: Uint8Array, at: number): boolean {
  const length = end - start
  if (length < 2 || length > TEXT_MAX) return false
  let hash = 0
  let colons = 0
  for (let i = start; i < end; i++) {
    const octet = bytes[i]
    // Names come here too, and most are told by their first letter past f.
    if (octet > 0x66 && colons === 0) return false
    if (octet === 0x3a) colons++
    hash = Math.imul(hash ^ octet, 0x01000193)
  }
  if (colons < 2) return false
  const slot = (hash ^ (hash >>> 15)) & (SLOTS - 1)
  if (cacheLength[slot] === length && sameText(bytes, start, slot * TEXT_MAX, length)) {
    for (let i = 0; i < 16; i++) out[at + i] = cacheOctets[slot * 16 + i]
    return true
  }
  if (!parseAddress(String.fromCharCode(...bytes.subarray(start, end)), cacheOctets, slot * 16)) {
    cacheLength[slot] = 0
    return false
  }
  for (let i = 0; i < length; i++) cacheText[slot * TEXT_MAX + i] = bytes[start + i]
  cacheLength[slot] = length
  for (let i = 0; i < 16; i++) out[at + i] = cacheOctets[slot * 16 + i]
  return true
}

function sameText(bytes: Uint8Array, start: number, textAt: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (bytes[start + i] !== cacheText[textAt + i]) return false
  return true
}

/** Whether 16 octets are a group that does not leave the link: 224.0.0.0/24 (RFC 5771 4) or ff02::/16 (RFC 4291 2.7). */
export function isLinkLocalGroup(octets: Uint8Array, at: number): boolean {
  if (octets[at] === 0xff) return octets[at + 1] === 0x02
  return isIpv4Prefix(octets, at, 224)
}

function isIpv4Prefix(octets: Uint8Array, at: number, first: number): boolean {
  return octets[at + 10] === 0xff && octets[at + 12] === first && octets[at + 13] === 0 && octets[at + 14] === 0
}
